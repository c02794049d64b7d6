// One program: most of a test's compile time is the standard library's.
#include "Chain.cpp"
#include "Churn.cpp"
#include "Counters.cpp"
#include "Ends.cpp"
#include "Failing.cpp"
#include "Misuse.cpp"
#include "Model.cpp"
#include "Types.cpp"
