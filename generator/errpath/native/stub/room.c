/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two stacks: Python's and the C's. See room.h.
 */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "inside.h"

__thread struct errpath_room *errpath_here;

/* ---- the two stacks -------------------------------------------------------------------- */

static void to_python(void)
{
	if (!_setjmp(room->c))
		_longjmp(room->python, 1);
	if (room->abandoned)
		_longjmp(room->top, 1);
}

static void body(void)
{
	for (;;) {
		_setjmp(room->top);
		room->abandoned = 0;
		room->told->returned = errpath_entries[room->entry]();
		room->codes[room->told->count++] = CODE(OP_END, 0, 0);
		to_python();
	}
}

/* Make a room that tells what it has to tell in the memory that is given, which is zero. */
EXPORT struct errpath_room *errpath_open(void *memory, unsigned limit)
{
	struct errpath_room *made;

	if (posix_memalign((void **)&made, SLOT_SIZE, sizeof *made))
		return NULL;
	memset(made, 0, sizeof *made);
	made->limit = limit;
	made->told = memory;
	made->told->base = (long)__ehdr_start;
	made->numbers = (long *)(made->told + 1);
	made->places = made->numbers + limit;
	made->answers = made->places + limit;
	made->ends = (unsigned *)(made->answers + limit);
	made->codes = made->ends + limit;
	made->stack = mmap(NULL, GUARD + STACK, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (made->stack == MAP_FAILED) {
		free(made);
		return NULL;
	}
	mprotect(made->stack, GUARD, PROT_NONE);
	return made;
}

EXPORT void errpath_close(struct errpath_room *old)
{
	munmap(old->stack, GUARD + STACK);
	free(old);
}

EXPORT void errpath_kind(struct errpath_room *of, unsigned slot, int kind)
{
	of->kinds[slot] = kind;
}

/* Begin a run: what is left of the last one is given up when it is taken up again. */
EXPORT void errpath_start(struct errpath_room *of, int entry, unsigned subject, int part)
{
	of->entry = entry;
	of->subject = subject;
	if (part == PART_FIRST)
		of->count_before = of->numbered_before = 0;
	else if (part == PART_NEXT) {
		of->count_before = of->told->count;
		of->numbered_before = of->numbered;
	}
	of->told->count = of->count_before;
	of->numbered = of->numbered_before;
	of->walks = 0;
	of->passing = 0;
	of->next_cell = 0;
	of->next_list = 0;
	memset(of->lists, 0, sizeof of->lists);
	of->abandoned = 1;
	memset(of->told->found, 0, sizeof of->told->found);
	memset(of->known, 0, sizeof of->known);
}

/* Go on with the answer to what was asked last, until the next answer is needed. */
EXPORT unsigned errpath_resume(struct errpath_room *of, long value)
{
	room = of;
	of->value = value;
	if (!_setjmp(of->python)) {
		if (!of->made.uc_stack.ss_sp) {
			getcontext(&of->made);
			of->made.uc_stack.ss_sp = of->stack + GUARD;
			of->made.uc_stack.ss_size = STACK;
			of->made.uc_link = NULL;
			makecontext(&of->made, body, 0);
			setcontext(&of->made);
		}
		_longjmp(of->c, 1);
	}
	return of->told->count;
}

/* ---- telling and asking ---------------------------------------------------------------- */

void errpath_stop(enum finding what, unsigned long address, long detail, const char *text,
		  void *from)
{
	struct errpath_told *told = room->told;

	told->found[0] = what;
	told->found[1] = (long)address;
	told->found[2] = detail;
	strncpy(told->text, text, sizeof told->text - 1);
	/* There is room for it: `limit` keeps some back. */
	room->places[told->count] = (long)from;
	room->codes[told->count++] = CODE(OP_FINDING, 0, 0);
	for (;;)
		to_python();
}

void errpath_tell(unsigned code, void *from)
{
	struct errpath_told *told = room->told;

	if (told->count >= room->limit - KEPT_BACK)
		errpath_stop(FOUND_ENDLESS, 0, 0, "", from);
	room->places[told->count] = (long)from;
	room->codes[told->count++] = code;
}

long errpath_ask(unsigned code, void *from)
{
	errpath_tell(code, from);
	to_python();
	return room->value;
}

/* A number that goes with the call that is told next. */
void errpath_number(long number)
{
	if (room->numbered < room->limit)
		room->numbers[room->numbered++] = number;
}

/* ---- objects --------------------------------------------------------------------------- */

unsigned errpath_slot(const void *object)
{
	uintptr_t at = (uintptr_t)object - (uintptr_t)room->arena;

	if (at < sizeof room->arena && at % SLOT_SIZE == 0 && at)
		return at / SLOT_SIZE;
	return object ? WILD : 0;
}

/* The page that has a link, or the list that has a head; NULL->lru is NULL's. */
unsigned errpath_linked(const void *link)
{
	uintptr_t at = (uintptr_t)link - (uintptr_t)room->arena;

	if (at < sizeof room->arena && at % SLOT_SIZE == offsetof(struct page, lru))
		return at / SLOT_SIZE;
	if ((uintptr_t)link == offsetof(struct page, lru))
		return 0;
	for (unsigned list = 0; list < OWN_LISTS; list++)
		if (link && link == room->lists[list])
			return 1 + list;
	return errpath_slot(link);
}

void *errpath_object(unsigned slot)
{
	return slot ? room->arena + slot * SLOT_SIZE : NULL;
}

/* What the entry is called on: a page, or a list. */
void *errpath_subject(void)
{
	return errpath_object(room->subject);
}

/* ---- arguments ------------------------------------------------------------------------- */

static void *new_cell(enum parameter which, long value, int known)
{
	unsigned index = room->next_cell++;
	struct cell *cell;

	/* The arguments of the entry live as long as the run; others no longer than a call. */
	if (index >= CELLS)
		index = ENTRY_CELLS + (index - ENTRY_CELLS) % (CELLS - ENTRY_CELLS);
	cell = &room->cells[index];
	cell->which = which;
	cell->value = value;
	cell->known = known;
	return cell;
}

void *errpath_argument(enum parameter which)
{
	return new_cell(which, 0, 0);
}

/* An argument is evaluated now. A name alone passes on what it stands for, unread. */
void errpath_passing(const char *text)
{
	room->passed = NULL;
	room->passing = !text[strspn(text, "abcdefghijklmnopqrstuvwxyz_0123456789")];
}

void *errpath_passed(long value)
{
	struct cell *cell = room->passed;

	room->passing = 0;
	room->passed = NULL;
	return cell ? new_cell(cell->which, cell->value, cell->known) : new_cell(0, value, 1);
}

void errpath_read_cell(struct cell *cell, void *from)
{
	enum parameter which = cell->which;

	if (room->passing) {
		room->passed = cell;
		return;
	}
	if (cell->known)
		return;
	if (!room->known[which]) {
		room->values[which] = errpath_ask(CODE(OP_PARAMETER, which, 0), from);
		room->known[which] = 1;
		if (which == PARAM_put_new_page && room->values[which])
			room->values[which] = (long)errpath_put_new_page;
	}
	cell->value = room->values[which];
	cell->known = 1;
}

/* ---- current --------------------------------------------------------------------------- */

struct task_struct *errpath_current(int line)
{
	const struct flag_at *at;
	void *from = __builtin_return_address(0);
	struct task_struct *task = &room->task;

	int modelled = 0;

	for (at = errpath_flags; at->line; at++) {
		unsigned code = CODE(OP_FLAG, at->flag, at->use);

		if (at->line != line)
			continue;
		modelled = 1;
		if (at->use != FLAG_TEST)
			errpath_tell(code, from);
		else if (errpath_ask(code, from))
			task->flags |= errpath_flag_bits[at->flag];
		else
			task->flags &= ~errpath_flag_bits[at->flag];
	}
	if (!modelled)
		errpath_stop(FOUND_UNMODELLED, 0, 0, "current->flags", from);
	return task;
}
