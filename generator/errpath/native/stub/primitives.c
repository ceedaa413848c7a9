/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The primitives, as the C calls them: each tells what it is and asks what C reads.
 *
 * P_name is the number of a primitive, which comes from its declaration in the vocabulary.
 */
#include "linux.h"
#include "room.h"
#include "numbers.h"

#undef move_to_new_page
#undef set_page_owner_migrate_reason
#undef move_hugetlb_state
#undef mod_node_page_state
#undef trace_mm_migrate_pages

#define FROM __builtin_return_address(0)
#define ON(name, object) CODE(P_##name, errpath_slot(object), 0)
#define ON_BOTH(name, a, b) CODE(P_##name, errpath_slot(a), errpath_slot(b))

#define TELL(name, type) \
	void name(type object) { errpath_tell(ON(name, object), FROM); }
#define ASK(result, name, type) \
	result name(type object) { return errpath_ask(ON(name, object), FROM); }
#define FIND(result, name, type) \
	result name(type object) { return errpath_object(errpath_ask(ON(name, object), FROM)); }
/* What is found by way of a page is told apart by the page alone. */
#define SAME(result, name, type) \
	result name(type object) { errpath_tell(ON(name, object), FROM); return (void *)object; }

ASK(int, PageTransHuge, struct page *)
ASK(int, page_count, struct page *)
ASK(int, __PageMovable, struct page *)
ASK(int, PageMovable, struct page *)
ASK(int, PageWriteback, struct page *)
ASK(int, PageAnon, struct page *)
ASK(int, PageKsm, struct page *)
ASK(int, page_has_private, struct page *)
ASK(bool, page_mapped, struct page *)
ASK(int, page_is_file_lru, struct page *)
ASK(int, hpage_nr_pages, struct page *)
SAME(struct pglist_data *, page_pgdat, const struct page *)

bool thp_migration_supported(void)
{
	return errpath_ask(CODE(P_thp_migration_supported, 0, 0), FROM);
}

ASK(int, trylock_page, struct page *)
TELL(lock_page, struct page *)
TELL(unlock_page, struct page *)
FIND(struct anon_vma *, page_get_anon_vma, struct page *)
TELL(put_anon_vma, struct anon_vma *)
TELL(wait_on_page_writeback, struct page *)
TELL(put_page, struct page *)
TELL(putback_lru_page, struct page *)
TELL(putback_movable_page, struct page *)
TELL(__ClearPageIsolated, struct page *)
TELL(ClearPageActive, struct page *)
TELL(ClearPageUnevictable, struct page *)
ASK(bool, set_hwpoison_free_buddy_page, struct page *)

bool try_to_unmap(struct page *page, enum ttu_flags flags)
{
	return errpath_ask(ON(try_to_unmap, page), FROM);
}

int try_to_free_buffers(struct page *page)
{
	errpath_tell(ON(try_to_free_buffers, page), FROM);
	return 0;
}

void remove_migration_ptes(struct page *old, struct page *new, bool locked)
{
	errpath_tell(ON_BOTH(remove_migration_ptes, old, new), FROM);
}

int move_to_new_page(struct page *newpage, struct page *page, enum migrate_mode mode)
{
	return errpath_ask(ON_BOTH(move_to_new_page, newpage, page), FROM);
}

void set_page_owner_migrate_reason(struct page *page, int reason)
{
	errpath_tell(ON(set_page_owner_migrate_reason, page), FROM);
}

void list_del(struct list_head *entry)
{
	errpath_tell(CODE(P_list_del, errpath_linked(entry), 0), FROM);
}

void mod_node_page_state(struct pglist_data *pgdat, enum node_stat_item item, long delta)
{
	errpath_number(delta);
	errpath_tell(ON(mod_node_page_state, pgdat), FROM);
}

void num_poisoned_pages_inc(void)
{
	errpath_tell(CODE(P_num_poisoned_pages_inc, 0, 0), FROM);
}

/* ---- lists of pages -------------------------------------------------------------------- */

ASK(int, PageHuge, struct page *)
ASK(int, PageIsolated, struct page *)

void cond_resched(void)
{
	errpath_tell(CODE(P_cond_resched, 0, 0), FROM);
}

int split_huge_page_to_list(struct page *page, struct list_head *list)
{
	unsigned code = CODE(P_split_huge_page_to_list, errpath_slot(page), errpath_linked(list));

	return errpath_ask(code, FROM);
}

void count_vm_events(enum vm_event_item item, long delta)
{
	errpath_number(delta);
	errpath_tell(CODE(P_count_vm_events, item, 0), FROM);
}

void trace_mm_migrate_pages(unsigned long succeeded, unsigned long failed,
			    enum migrate_mode mode, int reason)
{
	errpath_tell(CODE(P_trace_mm_migrate_pages, 0, 0), FROM);
}

/* ---- hugetlbfs ------------------------------------------------------------------------- */

SAME(struct hstate *, page_hstate, struct page *)
ASK(bool, hugepage_migration_supported, struct hstate *)
ASK(unsigned long, page_private, struct page *)
FIND(struct address_space *, hugetlb_page_mapping_lock_write, struct page *)
TELL(i_mmap_unlock_write, struct address_space *)
TELL(putback_active_hugepage, struct page *)

struct address_space *page_mapping(struct page *page)
{
	/* Whose mapping it is, is all that is known of it. */
	return errpath_ask(ON(page_mapping, page), FROM) ? (void *)page : NULL;
}

void move_hugetlb_state(struct page *oldpage, struct page *newpage, int reason)
{
	errpath_tell(ON_BOTH(move_hugetlb_state, oldpage, newpage), FROM);
}

/* ---- other kernels than 5.8 ------------------------------------------------------------ */

#define ON_LIST(name, entry, head) CODE(P_##name, errpath_linked(entry), errpath_linked(head))
#define MOVE(name) \
	void name(struct list_head *entry, struct list_head *head) \
	{ errpath_tell(ON_LIST(name, entry, head), FROM); }

MOVE(list_add_tail)
MOVE(list_move_tail)
MOVE(list_splice)
ASK(int, split_huge_page, struct page *)

void hugetlb_cgroup_migrate(struct page *oldhpage, struct page *newhpage)
{
	errpath_tell(ON_BOTH(hugetlb_cgroup_migrate, oldhpage, newhpage), FROM);
}

#undef trace_mm_migrate_pages_start
void trace_mm_migrate_pages_start(void)
{
	errpath_tell(CODE(P_trace_mm_migrate_pages_start, 0, 0), FROM);
}

/* ---- the callbacks of the caller ------------------------------------------------------- */

#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 17, 0)
struct page *errpath_get_new_page(struct page *page, unsigned long private, int **result)
#else
struct page *errpath_get_new_page(struct page *page, unsigned long private)
#endif
{
	return errpath_object(errpath_ask(ON(get_new_page, page), FROM));
}

void errpath_put_new_page(struct page *page, unsigned long private)
{
	errpath_tell(ON(put_new_page, page), FROM);
}

void errpath_assertion(struct page *page)
{
	errpath_tell(CODE(OP_ASSERTION, errpath_slot(page), 0), FROM);
}

const unsigned errpath_flag_bits[] = { PF_MEMALLOC, PF_SWAPWRITE };
