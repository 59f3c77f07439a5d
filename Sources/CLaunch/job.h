#ifndef PORTRUN_JOB_H
#define PORTRUN_JOB_H

#include <sys/types.h>

// 0 when there is none, and when it cannot be told.
pid_t portrun_parent_of(pid_t process);

// The nearest ancestor of a process that is in its session but not in its group: the shell whose job it is. 0 when there
// is none.
pid_t portrun_job_shell(pid_t process);

// Leaves the session for one of this process's own. As a parent in it, this process has kept `group` from being an
// orphaned one, which cannot be stopped, as nobody would continue it; if it is stopped already, and no other such parent
// is left, the kernel hangs it up now and continues it (setpgid(2)).
void portrun_leave_job(pid_t group);

#endif
