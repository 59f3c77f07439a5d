#ifndef PORTRUN_MEMORY_H
#define PORTRUN_MEMORY_H

// Gives back what of the program has been read and is unchanged: who serves needs a small part of it from now on, and
// finds that again in the file. It may live as long as the command does.

// To be called once the command has executed its program: until then it may write to the memory of this process, between
// the look at a page and its end.
void portrun_return_memory_later(void);

// The milliseconds until memory is to be given back; -1 for never.
int portrun_memory_timeout(void);

// Gives it back if it is time.
void portrun_return_memory(void);

#endif
