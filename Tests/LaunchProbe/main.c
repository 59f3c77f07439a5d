// A program that tells what it was given by whoever started it.
//
//     LaunchProbe facts FILE [ARGUMENT...]     write all that can be inherited to FILE
//     LaunchProbe signals LAST                 print each signal received; end after signal LAST
//     LaunchProbe with [SETTING...] -- CMD...  exec CMD with settings that a shell cannot make

#include "probe.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count >= 3 && strcmp(arguments[1], "facts") == 0) {
        int descriptor = open(arguments[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
        if (out == NULL) return 2;
        print_facts(out, descriptor, arguments[0], arguments + 3);
        return fclose(out) == 0 ? 0 : 2;
    }
    if (count == 3 && strcmp(arguments[1], "signals") == 0) {
        report_signals(atoi(arguments[2]));
        return 0;
    }
    if (count >= 3 && strcmp(arguments[1], "with") == 0) {
        fprintf(stderr, "LaunchProbe: cannot do `%s`\n", prepare(arguments + 2));
        return 2;
    }
    fputs("usage: LaunchProbe facts FILE | signals LAST | with SETTING... -- COMMAND...\n", stderr);
    return 2;
}
