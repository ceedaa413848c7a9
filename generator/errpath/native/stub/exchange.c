/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two processes that take turns: one asks, the other answers. See room.h.
 *
 * Who waits looks for a while before it sleeps, as the other's turn takes microseconds.
 */
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "room.h"

#define LOOKS 2000

static void sleep_on(_Atomic unsigned *at, unsigned is)
{
	struct timespec most = { .tv_nsec = 50 * 1000 * 1000 };

	syscall(SYS_futex, at, FUTEX_WAIT, is, &most, NULL, 0);
}

static void wake(_Atomic unsigned *at)
{
	syscall(SYS_futex, at, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* Wait until a number is another one; 0 if it is still the same after some time. */
static int changed(_Atomic unsigned *at, unsigned is, _Atomic unsigned *sleeps)
{
	for (int look = 0; look < LOOKS; look++) {
		if (*at != is)
			return 1;
#if defined(__x86_64__) || defined(__i386__)
		__builtin_ia32_pause();
#endif
	}
	*sleeps = 1;
	if (*at == is)
		sleep_on(at, is);
	*sleeps = 0;
	return *at != is;
}

/* Wait for the answer to what was asked: 0 if there is none yet. */
int errpath_answered(struct errpath_told *told)
{
	return changed(&told->answered, told->asked - 1, &told->asker_sleeps);
}

/* Ask, and wait for the answer: 0 if there is none yet. */
int errpath_exchange(struct errpath_told *told, int what, long first, long second, long third)
{
	told->what = what;
	told->first = first;
	told->second = second;
	told->third = third;
	told->asked++;
	if (told->server_sleeps)
		wake(&told->asked);
	return errpath_answered(told);
}

/* Wait for what is asked: 0 if nothing is, yet. */
int errpath_served(struct errpath_told *told)
{
	return changed(&told->asked, told->answered, &told->server_sleeps);
}

void errpath_answer(struct errpath_told *told)
{
	told->answered++;
	if (told->asker_sleeps)
		wake(&told->answered);
}
