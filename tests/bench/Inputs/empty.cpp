// The start and end of a program, and nothing between.
int main() { return 0; }
