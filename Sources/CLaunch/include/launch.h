#ifndef PORTRUN_LAUNCH_H
#define PORTRUN_LAUNCH_H
int portrun_placeholder(void);
#endif
