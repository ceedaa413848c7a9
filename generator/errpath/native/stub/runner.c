/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A process that runs the C of one library, for another one that has the little kernel.
 *
 * It is given the library, a number of calls, the milliseconds of processor time that a run may
 * take, and a file that both map, in which they take turns. It ends with the other one.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include "room.h"

static struct errpath_told *told;
static volatile sig_atomic_t running;

/* Say where, and die of it. */
static void crashed(int signal, siginfo_t *info, void *context)
{
	told->found[0] = FOUND_CRASH;
	told->found[1] = (long)info->si_addr;
#ifdef __x86_64__
	told->found[2] = ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#else
	told->found[2] = -1;
#endif
	raise(signal);
}

/* The time of a run is used up, unless it has ended by now. */
static void late(int signal, siginfo_t *info, void *context)
{
	if (running) {
		sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
		crashed(signal, info, context);
	}
}

static void tell_crashes(void)
{
	static char stack[64 * 1024];
	stack_t own = { .ss_sp = stack, .ss_size = sizeof stack };
	struct sigaction action = { .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND };
	int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };

	action.sa_sigaction = crashed;
	sigaltstack(&own, NULL);
	for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &action, NULL);
	action.sa_sigaction = late;
	action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
	sigaction(SIGPROF, &action, NULL);
}

/* A run has so much processor time of its own. */
static void allow(unsigned long milliseconds)
{
	struct itimerval time = {
		.it_value = { milliseconds / 1000, milliseconds % 1000 * 1000 },
	};

	setitimer(ITIMER_PROF, &time, NULL);
}

/*
 * What was answered last where the same was asked, behind the same question and answer; or
 * wherever it was asked. It is the answer this time, or not.
 */
#define GUESSES 65536
#define AHEAD 100
static long near[GUESSES], anywhere[GUESSES];
static unsigned char near_known[GUESSES], anywhere_known[GUESSES];

static unsigned hash(unsigned long one)
{
	return (one * 0x9e3779b97f4a7c15UL) >> 48;
}

/* Run one library in one room. */
struct runner {
	struct errpath_room *room;
	unsigned *ends, *codes;
	long *answers, entry, subject;
	__typeof__(errpath_start) *start;
	__typeof__(errpath_resume) *resume;
	/* The question that is open, and by it and what was asked and answered before it. */
	unsigned asked, behind;
};

/* Go on until an answer is needed; note how many calls there were before. */
static int needs_answer(struct runner *run, long value)
{
	unsigned count, operation;

	running = 1;
	count = run->resume(run->room, value);
	running = 0;
	operation = run->codes[count - 1] & 255;
	if (operation == OP_END || operation == OP_FINDING)
		return 0;
	run->behind = hash((unsigned long)run->asked << 40 ^ (value & 0xffff) << 24 ^
			   run->codes[count - 1]);
	run->asked = hash(run->codes[count - 1]);
	run->ends[told->asks++] = count;
	return 1;
}

/* Answer what is open, and go on with guesses for as long as there are any. */
static void answer_with(struct runner *run, long value)
{
	/* A wrong guess can lead around in a circle: it does not go on for long. */
	for (unsigned guessed = 0;; guessed++) {
		if (told->asks)
			run->answers[told->asks - 1] = value;
		if (!needs_answer(run, value) || !told->guesses || guessed == AHEAD)
			return;
		if (near_known[run->behind])
			value = near[run->behind];
		else if (anywhere_known[run->asked])
			value = anywhere[run->asked];
		else
			return;
	}
}

static void begin(struct runner *run, int part)
{
	run->start(run->room, run->entry, run->subject, part);
	told->asks = 0;
	run->asked = 0;
}

/* Take the answer to a question; if another one was guessed, begin again and come back to it. */
static void take_answer(struct runner *run, unsigned which, long value)
{
	if (which + 1 != told->asks || run->ends[which] != told->count) {
		long known = 0;

		begin(run, PART_AGAIN);
		for (unsigned i = 0; i <= which; i++) {
			needs_answer(run, known);
			known = run->answers[i];
		}
	}
	near[run->behind] = anywhere[run->asked] = value;
	near_known[run->behind] = anywhere_known[run->asked] = 1;
	answer_with(run, value);
}

int main(int count, char **arguments)
{
	struct runner run = { 0 };
	struct stat shared;
	struct rlimit none = { 0, 0 };
	unsigned long milliseconds;
	unsigned limit;
	void *library;
	pid_t parent = getppid();
	int file;

	if (count != 5)
		return 2;
	setrlimit(RLIMIT_CORE, &none);
	limit = strtoul(arguments[2], NULL, 10);
	milliseconds = strtoul(arguments[3], NULL, 10);
	file = atoi(arguments[4]);
	if (fstat(file, &shared))
		return 2;
	told = mmap(NULL, shared.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	library = dlopen(arguments[1], RTLD_NOW);
	if (told == MAP_FAILED || !library)
		return 2;
	__typeof__(errpath_open) *open_ = dlsym(library, "errpath_open");
	__typeof__(errpath_kind) *kind = dlsym(library, "errpath_kind");
	__typeof__(errpath_served) *served = dlsym(library, "errpath_served");
	__typeof__(errpath_answer) *answer = dlsym(library, "errpath_answer");
	run.start = dlsym(library, "errpath_start");
	run.resume = dlsym(library, "errpath_resume");
	run.room = open_(told, limit);
	if (!run.room)
		return 2;
	run.answers = (long *)(told + 1) + 2 * limit;
	run.ends = (unsigned *)(run.answers + limit);
	run.codes = run.ends + limit;
	tell_crashes();
	for (;;) {
		if (!served(told)) {
			if (getppid() != parent)
				return 0;
			continue;
		}
		switch (told->what) {
		case ASK_KIND:
			kind(run.room, told->first, told->second);
			break;
		case ASK_START:
			allow(milliseconds);
			run.entry = told->first;
			run.subject = told->second;
			begin(&run, told->third);
			answer_with(&run, 0);
			break;
		case ASK_ANSWER:
			take_answer(&run, told->first, told->second);
		}
		answer(told);
	}
}
