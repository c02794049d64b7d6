// What threads do to each other; the rest says nothing under TSan.
#include "Chain.cpp"
#include "Churn.cpp"
#include "Ends.cpp"
#include "Types.cpp"
