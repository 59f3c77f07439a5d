#ifndef PORTRUN_FILE_H
#define PORTRUN_FILE_H

#include <stdbool.h>
#include <sys/types.h>

// Gives the folder or link at `path`, which root has just made, to another owner. What somebody else has put in its
// place since is left alone. Where it cannot be done it stays root's.
void portrun_give_to(const char *path, uid_t owner, gid_t group);

// Opens a file without a name in `folder`, to be written; it is gone with its descriptor. Negative where the system or
// the file system has no such files.
int portrun_open_unnamed(const char *folder, mode_t mode);

// Gives a file of portrun_open_unnamed the name `path`, where nothing stands yet; false when that cannot be.
bool portrun_give_name(int descriptor, const char *path);

// pipe(2) whose ends no program inherits that another thread starts meanwhile.
bool portrun_make_pipe(int ends[2]);

#endif
