#include "process.h"

#include <stddef.h>

#ifdef __APPLE__
#include <crt_externs.h>
#include <mach-o/dyld.h>
#include <sys/param.h>

int portrun_argument_count(void) { return *_NSGetArgc(); }
char **portrun_arguments(void) { return *_NSGetArgv(); }
char **portrun_environment(void) { return *_NSGetEnviron(); }
void portrun_run_late_constructors(void) {}
bool portrun_keeps_privileges(void) { return false; }

const char *portrun_executed_path(void) {
    static char path[MAXPATHLEN];
    uint32_t size = sizeof path;
    return _NSGetExecutablePath(path, &size) == 0 ? path : NULL;
}
#else
#include <sys/auxv.h>
#include <sys/prctl.h>

extern char **environ;

static int argument_count;
static char **arguments;

// glibc hands constructors what it hands main.
__attribute__((constructor)) static void note_arguments(int count, char **words) {
    argument_count = count;
    arguments = words;
}

int portrun_argument_count(void) { return argument_count; }
char **portrun_arguments(void) { return arguments; }
char **portrun_environment(void) { return environ; }

typedef void (*constructor)(int, char **, char **);

// From scripts/late-constructors.ld; null where the program is linked without it.
extern const constructor portrun_late_constructors_start[] __attribute__((weak, visibility("hidden")));
extern const constructor portrun_late_constructors_end[] __attribute__((weak, visibility("hidden")));

void portrun_run_late_constructors(void) {
    for (const constructor *next = portrun_late_constructors_start; next != portrun_late_constructors_end; next++) {
        (*next)(argument_count, arguments, environ);
    }
}

bool portrun_keeps_privileges(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1; }

const char *portrun_executed_path(void) { return (const char *)getauxval(AT_EXECFN); }
#endif
