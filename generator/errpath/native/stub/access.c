/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What gcc's sanitizers call: before each access, and where behaviour is undefined.
 */
#include "inside.h"

/* ---- each access of the C, told before it is made (-fsanitize=kernel-address) ------------- */

static void in_object(uintptr_t at, size_t size, int write, void *from)
{
	unsigned slot = at / SLOT_SIZE;
	struct page *page = (void *)(room->arena + slot * SLOT_SIZE);

	if (room->kinds[slot] == KIND_NONE)
		errpath_stop(FOUND_ACCESS, (uintptr_t)room->arena + at, write, "", from);
	if (room->kinds[slot] == KIND_PAGE && !write && size == sizeof page->mapping &&
	    at % SLOT_SIZE == offsetof(struct page, mapping)) {
		page->mapping = errpath_ask(CODE(OP_MAPPING, slot, 0), from) ? (void *)page : NULL;
		return;
	}
	errpath_stop(FOUND_UNMODELLED, slot, write, "a member of an object", from);
}

static void accessed(uintptr_t address, size_t size, int write, void *from)
{
	uintptr_t at = address - (uintptr_t)room->cells;

	if (at < sizeof room->cells) {
		struct cell *cell = &room->cells[at / sizeof(struct cell)];

		if (write)
			cell->known = 1;
		else
			errpath_read_cell(cell, from);
		return;
	}
	at = address - (uintptr_t)room->arena;
	if (at < sizeof room->arena) {
		in_object(at, size, write, from);
		return;
	}
	if (address - (uintptr_t)room < sizeof *room ||
	    address - (uintptr_t)(room->stack + GUARD) < STACK ||
	    (address >= (uintptr_t)__ehdr_start && address < (uintptr_t)_end))
		return;
	if (address == offsetof(struct page, mapping) && !write)
		errpath_ask(CODE(OP_MAPPING, 0, 0), from);
	errpath_stop(FOUND_ACCESS, address, write, "", from);
}

#define ACCESS(size) \
	void __asan_load##size##_noabort(uintptr_t a); \
	void __asan_load##size##_noabort(uintptr_t a) \
	{ accessed(a, size, 0, __builtin_return_address(0)); } \
	void __asan_store##size##_noabort(uintptr_t a); \
	void __asan_store##size##_noabort(uintptr_t a) \
	{ accessed(a, size, 1, __builtin_return_address(0)); }
ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)

void __asan_loadN_noabort(uintptr_t a, size_t size);
void __asan_loadN_noabort(uintptr_t a, size_t size)
{
	accessed(a, size, 0, __builtin_return_address(0));
}

void __asan_storeN_noabort(uintptr_t a, size_t size);
void __asan_storeN_noabort(uintptr_t a, size_t size)
{
	accessed(a, size, 1, __builtin_return_address(0));
}

void __asan_handle_no_return(void);
void __asan_handle_no_return(void)
{
}

/* ---- undefined behaviour (-fsanitize=undefined) ----------------------------------------- */

struct place {
	const char *file;
	uint32_t line, column;
};

#define UNDEFINED(name, says) \
	void __ubsan_handle_##name(struct place *place); \
	void __ubsan_handle_##name(struct place *place) \
	{ errpath_stop(FOUND_UNDEFINED, 0, place->line, says, __builtin_return_address(0)); }
UNDEFINED(type_mismatch_v1, "an access that does not fit its type")
UNDEFINED(add_overflow, "a signed addition that overflows")
UNDEFINED(sub_overflow, "a signed subtraction that overflows")
UNDEFINED(mul_overflow, "a signed multiplication that overflows")
UNDEFINED(negate_overflow, "a negation that overflows")
UNDEFINED(divrem_overflow, "a division by zero, or one that overflows")
UNDEFINED(shift_out_of_bounds, "a shift by more than the type has bits")
UNDEFINED(out_of_bounds, "an index out of bounds")
UNDEFINED(builtin_unreachable, "a place that cannot be reached")
UNDEFINED(missing_return, "an end without a return")
UNDEFINED(vla_bound_not_positive, "an array without a size")
UNDEFINED(float_cast_overflow, "a conversion that overflows")
UNDEFINED(load_invalid_value, "a value that its type does not have")
UNDEFINED(nonnull_return_v1, "NULL, returned where it must not be")
UNDEFINED(nonnull_arg, "NULL, given where it must not be")
UNDEFINED(pointer_overflow, "a pointer that overflows")
UNDEFINED(invalid_builtin, "zero, given to a builtin that takes none")
