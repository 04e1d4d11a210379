#include <stdio.h>
int add(int, int); int of_dependency(void);
int main(void) { printf("%d %d\n", add(2, 3), of_dependency()); }
