#pragma once
#include <semaphore.h>
#include <spawn.h>
#include <sys/uio.h>

// What glibc has beyond POSIX, and Swift's view of it leaves out.
#define MFD_CLOEXEC 0x0001U
int memfd_create(const char *name, unsigned int flags);
int pipe2(int ends[2], int flags);
int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *end);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
#ifndef RWF_NOWAIT
#define RWF_NOWAIT 0x00000008
ssize_t preadv2(int descriptor, const struct iovec *pieces, int count, off_t offset, int flags);
#endif
