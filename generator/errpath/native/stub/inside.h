/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is in a room. Only errpath's own C looks into it.
 */
#ifndef ERRPATH_INSIDE_H
#define ERRPATH_INSIDE_H

#include <setjmp.h>
#include <ucontext.h>

#include "linux.h"
#include "room.h"

#define STACK (256 * 1024)
#define GUARD (64 * 1024)
#define CELLS 1024
#define ENTRY_CELLS 16
#define KEPT_BACK 4
#define WALKS 64

struct cell {
	long value;
	enum parameter which;
	int known;
};

struct errpath_room {
	struct errpath_told *told;
	long *numbers, *places, *answers;
	unsigned *ends, *codes;
	unsigned limit, numbered, subject, walks;
	/* What was told before this part of the run. */
	unsigned count_before, numbered_before;
	int entry, abandoned, passing;
	long value;
	jmp_buf python, c, top;
	ucontext_t made;
	char *stack;
	struct cell *passed;
	unsigned next_cell;
	unsigned char ahead[WALKS];
	unsigned walking, next_list;
	void *lists[OWN_LISTS];
	long known[PARAMETERS], values[PARAMETERS];
	struct task_struct task;
	unsigned char kinds[SLOTS];
	struct cell cells[CELLS];
	char arena[SLOTS * SLOT_SIZE] __attribute__((aligned(SLOT_SIZE)));
};

/* The room that runs now, in this thread. */
extern __thread struct errpath_room *errpath_here __attribute__((visibility("hidden")));
#define room errpath_here

extern char __ehdr_start[] __attribute__((visibility("hidden")));
extern char _end[] __attribute__((visibility("hidden")));

void errpath_read_cell(struct cell *cell, void *from);

#endif
