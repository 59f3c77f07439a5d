#include "probe.h"

#include <signal.h>
#include <unistd.h>

void report_signals(int last) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    printf("ready %d\n", getpid());
    fflush(stdout);
    int number = 0;
    while (number != last) {
        if (sigwait(&all, &number) != 0) continue;
        printf("got %d\n", number);
        fflush(stdout);
    }
}
