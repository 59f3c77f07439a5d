#ifndef PORTRUN_TRANSLATION_H
#define PORTRUN_TRANSLATION_H

#include "launch.h"

#include <stddef.h>
#include <stdint.h>

// A command's own localhost, on Linux. A filter (seccomp(2)) stops bind and connect of the command and all below it,
// and a supervisor answers: it takes the socket (pidfd_getfd(2)) and does the call with another port where a rule says
// so.
//
//     this process → supervisor → command
//
// Supervisor and this process both hold the listener of the filter: when it is closed everywhere, no process below can
// bind or connect any more (ENOSYS). Either takes over when the other is killed.

enum portrun_transport { portrun_tcp, portrun_udp, portrun_transport_count };
enum portrun_use { portrun_use_bind = 1, portrun_use_connect = 2 };

// A port that is another one here. There is at most one rule for a declared port, a transport and a use; but one for
// bind alone counts for connect too, from the moment when something below has bound it.
struct portrun_rule {
    uint8_t transport;
    uint8_t uses;
    uint16_t declared;
    uint16_t booked;
};

// What is known of a translation, in memory that all who serve it share.
struct portrun_translation;

// - others: TCP ports that are in no rule, and belong to somebody else: a connection to one is reported, and for who
//   would listen on one that is in use another one is asked for, as for whatever else is in no rule.
// - asks_first: a number that is in no rule may be somebody else's though it is free: another one is asked for before it
//   is bound, once for each.
//
// Returns null when there is no memory, or on a system that cannot translate.
struct portrun_translation *portrun_make_translation(
    const struct portrun_rule *rules, size_t count, const uint16_t *others, size_t other_count,
    bool asks_first);

// Ends the part of this process in it. Others go on serving.
void portrun_free_translation(struct portrun_translation *translation);

// Why there is no translation.
enum portrun_obstacle {
    portrun_no_obstacle,
    // The system is none that can, or a kernel before 5.9.
    portrun_obstacle_system,
    // No process, descriptor or memory is left.
    portrun_obstacle_resources,
    // The memory or the sockets of another process cannot be had: Yama, or the profile of a container.
    portrun_obstacle_access,
    // A filter with a listener stands around this process already.
    portrun_obstacle_nested,
    // The kernel, or a filter around this process, refuses the filter.
    portrun_obstacle_filter,
    // This process adopts orphans (pid 1, a subreaper), and would find the supervisor among its children.
    portrun_obstacle_adopter,
};

struct portrun_failure {
    enum portrun_obstacle obstacle;
    int code;
};

// Like `portrun_fork`, but below a supervisor, which is a child of this process; the command is the supervisor's.
//
// Returns the pid of the command; or -1 with the failure, and nothing is left then.
pid_t portrun_fork_translated(
    struct portrun_image *image, struct portrun_translation *translation, int *channel,
    struct portrun_failure *failure);

// Makes this process, and what it executes, one that is translated. The supervisor is no child of this process.
//
// Returns false with the failure; this process is as it was then, but in one case: for
// `portrun_obstacle_resources` it can only end.
bool portrun_translate_self(struct portrun_translation *translation, struct portrun_failure *failure);

enum portrun_report_kind {
    // The state of the command has changed; `value` is what waitpid(2) would say.
    portrun_report_status = 1,
    // A process below listens on `declared`, a port that is in no rule and not ephemeral.
    portrun_report_listening,
    // The connection of a process below to `booked`, in the place of `declared`, was refused. Others may listen there,
    // at another address. Repeated now and then until it is settled.
    portrun_report_refused,
    // A process below could not bind `declared`, as `booked` is in use; both are the same where no rule is for it.
    // Repeated likewise.
    portrun_report_busy,
    // A process below has connected to `declared`, one of the others'. Nobody may listen there. Repeated likewise.
    portrun_report_other,
    // A process below would listen on `declared`, which is in no rule, and in use; or would share it, in use or not; or
    // is the first to bind it, where that is asked for. It waits a second for `portrun_grant`.
    portrun_report_request,
    // A process below would connect to `declared`, which is in no rule; another checkout's server may listen there. It waits a
    // second for `portrun_grant`. Repeated until it is settled. Only where a port is asked for before it is bound.
    portrun_report_question,
    // A process below, `pid`, would end `value`, which is not below; a group, where that is negative. It waits a second for `portrun_grant`: of 0 for what it
    // may end, and of anything else for another checkout's. Only where a port is asked for before it is bound.
    portrun_report_kill,
    // A process below has bound or connected, and its memory cannot be read: it has the machine's localhost. Told once.
    portrun_report_unreadable,
    // A portrun below has booked something. It waits a second for what `portrun_grant` gives, of which a grant of nothing for
    // the port 0 is the last.
    portrun_report_news,
    // Only from this process to the supervisor: what is granted. `booked` is 0 for nothing.
    portrun_report_grant,
    // Only between the supervisor and this process: the start, and its failure.
    portrun_report_started,
    portrun_report_failed,
};

struct portrun_report {
    int32_t kind;
    int32_t value;
    int32_t pid;
    uint16_t declared;
    uint16_t booked;
    uint8_t transport;
};

// The pid of the supervisor of the command that was forked last.
pid_t portrun_supervisor(const struct portrun_translation *translation);

// Takes the next report of the supervisor. SIGCHLD comes when there is a new one. False when there is none.
bool portrun_take_report(struct portrun_translation *translation, struct portrun_report *report);

// Waits for a report, a tenth of a second at most.
void portrun_await_report(const struct portrun_translation *translation);

// Ends the reports of the kind of this one about the same port: it has been made use of.
void portrun_settle(struct portrun_translation *translation, const struct portrun_report *report);

// Answers a request: `booked` stands in the place of the declared port from now on. With 0 the process below has its error.
void portrun_grant(
    const struct portrun_translation *translation, const struct portrun_report *request, uint16_t booked);

// Told by a portrun below a translated command that it has booked something: the rules are those of the registry when this
// returns. False where nobody heard it.
bool portrun_tell_news(void);

// Goes on for a supervisor that has died: answers what it left unanswered. The command is a child of this process now.
void portrun_succeed(struct portrun_translation *translation);

// Serves the command until one of `signals`, which are blocked, is pending, or `limit` nanoseconds are over; a limit
// below 0 is none, and any other may be cut short.
void portrun_serve(struct portrun_translation *translation, const sigset_t *signals, int64_t limit);

#endif
