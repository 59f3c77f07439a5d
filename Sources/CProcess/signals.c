#include "process.h"

#include <stddef.h>

void portrun_read_ignored(sigset_t *ignored) {
    sigemptyset(ignored);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) sigaddset(ignored, number);
    }
}
