#ifndef PORTRUN_JOB_H
#define PORTRUN_JOB_H

#include <stdbool.h>

// Whether somebody in the session can continue this process's group once it is stopped, such as a shell with job
// control: a parent of one in the group that is in another group of the session. Else the group is «orphaned», and
// Ctrl-Z has no effect on it: setpgid(2).
bool portrun_is_job(void);

#endif
