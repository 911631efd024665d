// What the C files share and nobody else sees.
#include "CNcurses.h"

#include <signal.h>

// Whether a signal has asked the program to end: from then on a terminal that does not read is not
// waited for.
extern volatile sig_atomic_t headroom_end_asked;
