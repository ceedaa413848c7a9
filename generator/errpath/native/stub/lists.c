/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lists, and walks over them. See room.h.
 */
#include "inside.h"

/* A list of a function's own: its head is where the function has it, and has a slot. */
struct list_head *errpath_list(struct list_head *head)
{
	unsigned list = room->next_list++ % OWN_LISTS;

	room->lists[list] = head;
	errpath_tell(CODE(OP_LIST, 1 + list, 0), __builtin_return_address(0));
	return head ? head : errpath_object(1 + list);
}

/* ---- walks over lists ------------------------------------------------------------------ */

/* A walk by its number; one that a goto leaves stays open. */
unsigned errpath_walk(struct list_head *head)
{
	unsigned walk = room->walks++ % WALKS;

	room->ahead[walk] = 0;
	errpath_tell(CODE(OP_WALK, errpath_linked(head), walk), __builtin_return_address(0));
	return walk;
}

void *errpath_next(unsigned walk, void *ahead)
{
	void *from = __builtin_return_address(0);
	long found;

	if (room->ahead[walk] && ahead != errpath_ahead(walk))
		errpath_tell(CODE(OP_AHEAD, errpath_slot(ahead), walk), from);
	found = errpath_ask(CODE(OP_NEXT, 0, walk), from);
	room->ahead[walk] = found >> 8;
	room->walking = walk;
	return errpath_object(found & 255);
}

/* What stands behind the page that a walk is at, and was read before. */
void *errpath_ahead(unsigned walk)
{
	return errpath_object(room->ahead[walk]);
}

/* Its walk is the one that went on last. */
void *errpath_reset(struct page *page)
{
	unsigned walk = room->walking;
	unsigned code = CODE(OP_RESET, errpath_slot(page), walk);

	room->ahead[walk] = errpath_ask(code, __builtin_return_address(0));
	return errpath_ahead(walk);
}
