#ifndef PORTRUN_PROCESS_H
#define PORTRUN_PROCESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// argv of this process. Swift's own CommandLine would have to search for it.
int portrun_argument_count(void);
char **portrun_arguments(void);

// environ(7) of this process, which a Swift module cannot name on macOS.
char **portrun_environment(void);

// Runs the constructors that the static executable does not run when it starts; to be called once, before anything of
// Foundation, Dispatch or ArgumentParser is used.
void portrun_run_late_constructors(void);

// The path that this process was executed by, links not followed; null where the system does not say.
const char *portrun_executed_path(void);

// Gives pages back to the system in which nothing is allocated any more.
void portrun_trim_heap(void);

// True when no program that this process becomes gets privileges by its file (PR_SET_NO_NEW_PRIVS of prctl(2)).
bool portrun_keeps_privileges(void);

// Fills `ignored` with the signals that this process ignores.
void portrun_read_ignored(sigset_t *ignored);

#ifdef __linux__
#include <sys/vfs.h>  // statfs, which Swift's Glibc leaves out

// A descriptor for process `pid` that becomes readable when that has ended (pidfd_open(2)); -1 with errno on failure. It is
// closed in programs that this one starts.
int portrun_follow_process(pid_t pid);

// Looks at process `pid` through a pidfd (pidfd_open(2)). Returns 0 or the errno of the failure.
//
// `*id` is unique among all processes since boot, or 0 on a kernel before 6.9, which has no such number.
// `*ended` says that all its threads have exited, though its parent may not have reaped it.
int portrun_look_at(pid_t pid, uint64_t *id, bool *ended);

// The inode of a namespace of this process, as stat(2) gives that of its file below /proc/self/ns; 0 where the kernel
// does not tell without /proc, as one before 6.11.
typedef enum { PORTRUN_NET_NAMESPACE, PORTRUN_PID_NAMESPACE, PORTRUN_TIME_NAMESPACE } portrun_namespace_kind;
uint64_t portrun_namespace(portrun_namespace_kind kind);
#endif

#endif
