#ifndef PORTRUN_LAUNCH_H
#define PORTRUN_LAUNCH_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

// Where the descriptors start that a command is handed: sd_listen_fds(3). More than 32 are refused.
enum { portrun_first_socket = 3, portrun_socket_limit = 32 };

// One more than the largest signal number, whose macro Swift cannot read everywhere.
enum { portrun_signal_limit = NSIG };

// All that execve(2) needs. The child of a fork may make only async-signal-safe calls (signal-safety(7)), so nothing
// is left for it to allocate or search. Lists end with a null pointer.
struct portrun_image {
    // The files to try, in order.
    char **candidates;
    char **arguments;
    // For a script without `#!`: "/bin/sh", a free place for the script's path, then arguments[1...].
    char **script_arguments;
    char **environment;
    // Where the forked child writes its pid in decimal, with room for 20 digits and a NUL; or null.
    char *listen_pid;
    // Sockets of this process, close-on-exec, that the command finds from `portrun_first_socket` on.
    int sockets[portrun_socket_limit];
    int socket_count;
    // Signals whose disposition portrun has changed, and those that came ignored.
    sigset_t changed;
    sigset_t ignored;
    // Signals that portrun has blocked and that did not come blocked.
    sigset_t blocked;
};

// Forks a child that waits at a gate. `*channel` is the parent's end, close-on-exec.
//
// `image`, and all that it points to, stays as it is until the child has executed the command or ended. Closing the
// channel with the gate shut, or the death of this process, makes the child _exit. After it the channel delivers the
// errno of a failed exec as an int, or just its end.
// One child at a time. Returns the pid, or -1 with errno set.
pid_t portrun_fork(struct portrun_image *image, int *channel);

// Opens the gate.
void portrun_open_gate(int channel);

// Replaces this process by the command; returns the errno of the failure otherwise, with all descriptors as they were.
int portrun_exec(const struct portrun_image *image);

// From now on processes below this one that lose their parent become its children, where the system has such a thing.
void portrun_adopt_orphans(void);

// Sees to it that the death of this process by a signal writes no core file.
void portrun_suppress_core(void);

#endif
