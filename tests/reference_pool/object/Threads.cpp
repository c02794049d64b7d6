// What threads do to each other; the rest says nothing under TSan.
#include "Churn.cpp"
#include "Ends.cpp"
#include "Types.cpp"
