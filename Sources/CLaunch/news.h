#ifndef PORTRUN_NEWS_H
#define PORTRUN_NEWS_H

// Ports that a portrun below has booked while the command runs.

#include "answer.h"
#include "request.h"
#include "shared.h"

// True for the call of `portrun_tell_news`.
bool portrun_is_news(const struct seccomp_notif *notification, const struct portrun_request *request);

// Has the launcher look at what is booked now, and takes what it grants. The caller says nothing itself, so nobody below
// can make a rule.
struct portrun_answer portrun_hear_news(struct portrun_translation *translation, pid_t thread);

#endif
