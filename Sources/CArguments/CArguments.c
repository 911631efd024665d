#include "CArguments.h"

#include <stddef.h>

static int count;
static char **arguments;

#ifdef __linux__
#include <features.h>
#ifdef __GLIBC__
// Swift reads the arguments in /proc, which need not be there. glibc hands them to what runs before
// main; other systems do not.
__attribute__((constructor)) static void keepArguments(int given, char **values) {
    count = given;
    arguments = values;
}
#endif
#endif

int argumentCount(void) { return count; }

const char *argumentAt(int index) { return index < count ? arguments[index] : NULL; }
