// One program: most of a test's compile time is the standard library's.
#include "Counters.cpp"
