#ifndef PORTRUN_KILL_H
#define PORTRUN_KILL_H

#include "answer.h"

// Finds the answer to kill, rt_sigqueueinfo and pidfd_send_signal: EPERM for a process of another checkout.
struct portrun_answer portrun_answer_kill(
    struct portrun_translation *translation, const struct portrun_request *request);

#endif
