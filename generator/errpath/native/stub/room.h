/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The room that the kernel's C runs in: a stack of its own beside Python's.
 *
 * The C runs until it needs an answer. Then it is left where it is, Python takes what was
 * called since (`codes`), the little kernel does it, and the C goes on with the answer. What
 * Python does not take up again is given up with the next start; so no exception ever has to
 * find its way through C.
 */
#ifndef ERRPATH_ROOM_H
#define ERRPATH_ROOM_H

#include <stddef.h>
#include <stdint.h>

/* A code is what was called, and on what: operation | first << 8 | second << 16. */
#define CODE(operation, first, second) ((operation) | (first) << 8 | (unsigned)(second) << 16)

/* What is no primitive. native/target/codes.py has the same numbers. */
enum operation {
	OP_END,			/* the function returned */
	OP_PARAMETER,		/* a read of a parameter that is decided when it is read */
	OP_MAPPING,		/* a read of page->mapping */
	OP_FLAG,		/* a flag of current: tested, set or cleared */
	OP_ASSERTION,		/* VM_BUG_ON_PAGE() whose condition holds */
	OP_FINDING,		/* what the sanitizers stop on */
	OP_WALK,		/* list_for_each_entry_safe() begins */
	OP_NEXT,		/* it goes on */
	OP_AHEAD,		/* its lookahead was changed */
	OP_RESET,		/* list_safe_reset_next() */
	OP_LIST,		/* a list of the function's own is made, empty */
	FIRST_PRIMITIVE = 32,
};

enum parameter { PARAM_mode, PARAM_force, PARAM_reason, PARAM_put_new_page, PARAMETERS };

enum flag_use { FLAG_TEST, FLAG_SET, FLAG_CLEAR };

enum finding {
	FOUND_ACCESS = 1, FOUND_UNMODELLED, FOUND_ENDLESS, FOUND_UNDEFINED, FOUND_CRASH
};

/* Every object that C can point at is a slot of the arena; slot 0 is NULL. */
#define SLOT_SIZE 128
#define SLOTS 250
#define OWN_LISTS 2		/* behind NULL: the lists that functions make for themselves */
#define WILD 255		/* a pointer to nothing that is there */

enum kind { KIND_NONE, KIND_PAGE, KIND_OTHER };

/*
 * What a room tells, in memory that another process may share: this, then for each call of a
 * run a number, the place that it was told from, an answer and the number of calls before it was
 * needed, and its code. native/target/memory.py reads it.
 */
struct errpath_told {
	unsigned count, unused;
	long returned;
	long found[4];
	long base;
	char text[64];
	/* Two processes take turns: `asked` is ahead of `answered` by one, or they are equal. */
	_Atomic unsigned asked, answered, asker_sleeps, server_sleeps;
	long what, first, second, third;
	/* In a process apart: how many answers were asked for, and whether it may guess them. */
	unsigned asks, guesses;
};
enum asked { ASK_KIND = 1, ASK_START, ASK_ANSWER };

/* What a part of a run begins with: nothing, what the one before it has told, or that again. */
enum part { PART_FIRST, PART_NEXT, PART_AGAIN };

#define EXPORT __attribute__((visibility("default")))
struct errpath_room;
EXPORT struct errpath_room *errpath_open(void *memory, unsigned limit);
EXPORT void errpath_close(struct errpath_room *old);
EXPORT void errpath_kind(struct errpath_room *of, unsigned slot, int kind);
EXPORT void errpath_start(struct errpath_room *of, int entry, unsigned subject, int part);
EXPORT unsigned errpath_resume(struct errpath_room *of, long value);
EXPORT int errpath_exchange(struct errpath_told *told, int what, long first, long second,
			    long third);
EXPORT int errpath_answered(struct errpath_told *told);
EXPORT int errpath_served(struct errpath_told *told);
EXPORT void errpath_answer(struct errpath_told *told);

/* What the unit that has the extracted text says of itself. */
extern long (*const errpath_entries[])(void);
struct flag_at {
	int line;
	unsigned flag;
	enum flag_use use;
};
extern const struct flag_at errpath_flags[];

/* What is called tells itself, and asks if C reads the answer. */
void errpath_tell(unsigned code, void *from);
long errpath_ask(unsigned code, void *from);
void errpath_number(long number);
void errpath_stop(enum finding what, unsigned long address, long detail, const char *text,
		  void *from);

unsigned errpath_slot(const void *object);
unsigned errpath_linked(const void *link);
void *errpath_object(unsigned slot);
void *errpath_subject(void);

/* Arguments that are decided when they are read: a parameter is a cell behind a pointer. */
void *errpath_argument(enum parameter which);
void errpath_passing(const char *text);
void *errpath_passed(long value);
#define ERRPATH_PASS(type, text, argument) \
	({ errpath_passing(text); long passed_ = (long)(argument); \
	   (type *)errpath_passed(passed_); })
#define ERRPATH_UNREAD(text, argument) \
	({ errpath_passing(text); long passed_ = (long)(argument); errpath_passed(passed_); })

#endif
