/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What mm/migrate.c needs of the kernel's headers, in errpath's own words.
 *
 * A structure has the members that the little kernel knows and no other: code that uses another
 * does not compile, and gcc says where.
 */
#ifndef ERRPATH_LINUX_H
#define ERRPATH_LINUX_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

struct list_head { struct list_head *next, *prev; };
struct address_space { char opaque; };
struct anon_vma { char opaque; };
struct pglist_data { char opaque; };
struct hstate { char opaque; };
struct page {
	struct list_head lru;
	struct address_space *mapping;
};
struct task_struct { unsigned int flags; };

#define PF_MEMALLOC 0x00000800
#define PF_SWAPWRITE 0x00800000

#define MIGRATEPAGE_SUCCESS 0
enum migrate_mode { MIGRATE_ASYNC, MIGRATE_SYNC_LIGHT, MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY };
enum migrate_reason {
	MR_COMPACTION, MR_MEMORY_FAILURE, MR_MEMORY_HOTPLUG, MR_SYSCALL, MR_MEMPOLICY_MBIND,
	MR_NUMA_MISPLACED, MR_CONTIG_RANGE, MR_TYPES
};
enum node_stat_item { NR_ISOLATED_ANON, NR_ISOLATED_FILE };
enum vm_event_item {
	PGMIGRATE_SUCCESS, PGMIGRATE_FAIL,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	THP_MIGRATION_SUCCESS, THP_MIGRATION_FAIL, THP_MIGRATION_SPLIT,
#endif
};
enum ttu_flags {
	TTU_MIGRATION = 0x1, TTU_IGNORE_MLOCK = 0x8, TTU_IGNORE_ACCESS = 0x10,
	TTU_RMAP_LOCKED = 0x80
};

#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 17, 0)
typedef struct page *new_page_t(struct page *page, unsigned long private, int **result);
#else
typedef struct page *new_page_t(struct page *page, unsigned long private);
#endif
/* A pointer here, so that a parameter of it can be a cell. */
typedef void (*free_page_t)(struct page *page, unsigned long private);

new_page_t errpath_get_new_page;
void errpath_put_new_page(struct page *page, unsigned long private);

extern const unsigned errpath_flag_bits[];
struct task_struct *errpath_current(int line);
#define current errpath_current(__LINE__)

void errpath_assertion(struct page *page);
#define VM_BUG_ON_PAGE(condition, page) \
	do { if (unlikely(condition)) errpath_assertion(page); } while (0)

/* Tests */
bool thp_migration_supported(void);
int PageTransHuge(struct page *page);
int page_count(struct page *page);
int __PageMovable(struct page *page);
int PageMovable(struct page *page);
int PageWriteback(struct page *page);
int PageAnon(struct page *page);
int PageKsm(struct page *page);
int page_has_private(struct page *page);
bool page_mapped(struct page *page);
struct pglist_data *page_pgdat(const struct page *page);
int page_is_file_lru(struct page *page);
int hpage_nr_pages(struct page *page);

/* What acts */
int trylock_page(struct page *page);
void lock_page(struct page *page);
void unlock_page(struct page *page);
struct anon_vma *page_get_anon_vma(struct page *page);
void put_anon_vma(struct anon_vma *anon_vma);
bool try_to_unmap(struct page *page, enum ttu_flags flags);
void remove_migration_ptes(struct page *old, struct page *new, bool locked);
int move_to_new_page(struct page *newpage, struct page *page, enum migrate_mode mode);
void set_page_owner_migrate_reason(struct page *page, int reason);
void list_del(struct list_head *entry);
void put_page(struct page *page);
void putback_lru_page(struct page *page);
void putback_movable_page(struct page *page);
void __ClearPageIsolated(struct page *page);
void ClearPageActive(struct page *page);
void ClearPageUnevictable(struct page *page);
void mod_node_page_state(struct pglist_data *pgdat, enum node_stat_item item, long delta);
void wait_on_page_writeback(struct page *page);
int try_to_free_buffers(struct page *page);
bool set_hwpoison_free_buddy_page(struct page *page);
void num_poisoned_pages_inc(void);

/* Lists of pages */
int PageHuge(struct page *page);
int PageIsolated(struct page *page);
void cond_resched(void);
int split_huge_page_to_list(struct page *page, struct list_head *list);
void count_vm_events(enum vm_event_item item, long delta);
void trace_mm_migrate_pages(unsigned long succeeded, unsigned long failed,
			    enum migrate_mode mode, int reason);

unsigned errpath_walk(struct list_head *head);
void *errpath_next(unsigned walk, void *ahead);
void *errpath_ahead(unsigned walk);
void *errpath_reset(struct page *page);
struct list_head *errpath_list(struct list_head *head);
#define list_for_each_entry_safe(pos, n, head, member) \
	for (unsigned walk_ = errpath_walk(head); \
	     (pos = errpath_next(walk_, n), n = errpath_ahead(walk_), pos); )
#define list_safe_reset_next(pos, n, member) (n = errpath_reset(pos))

/* hugetlbfs */
struct hstate *page_hstate(struct page *page);
bool hugepage_migration_supported(struct hstate *h);
unsigned long page_private(struct page *page);
struct address_space *page_mapping(struct page *page);
struct address_space *hugetlb_page_mapping_lock_write(struct page *hpage);
void i_mmap_unlock_write(struct address_space *mapping);
void move_hugetlb_state(struct page *oldpage, struct page *newpage, int reason);
void putback_active_hugepage(struct page *page);


/*
 * gcc evaluates arguments from the right; here they are evaluated as they are read. An argument
 * that the little kernel does not look at is no read of a parameter: it is passed on.
 */
#define move_to_new_page(a, b, mode) ({ \
	struct page *a_ = (a), *b_ = (b); ERRPATH_UNREAD(#mode, mode); \
	(move_to_new_page)(a_, b_, 0); })
#define set_page_owner_migrate_reason(a, reason) ({ \
	struct page *a_ = (a); ERRPATH_UNREAD(#reason, reason); \
	(set_page_owner_migrate_reason)(a_, 0); })
#define move_hugetlb_state(a, b, reason) ({ \
	struct page *a_ = (a), *b_ = (b); ERRPATH_UNREAD(#reason, reason); \
	(move_hugetlb_state)(a_, b_, 0); })
#define mod_node_page_state(a, b, c) ({ \
	struct pglist_data *a_ = (a); enum node_stat_item b_ = (b); long c_ = (c); \
	(mod_node_page_state)(a_, b_, c_); })
/*
 * ---- Other kernels than 5.8 ------------------------------------------------------------------
 *
 * What has another name there, and does what the primitive does, is told by the primitive's.
 * What has none is declared in native/target/others.py.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 9, 0)
#define trace_mm_migrate_pages(a, b, mode, reason) ({ \
	unsigned long a_ = (a), b_ = (b); \
	ERRPATH_UNREAD(#mode, mode); ERRPATH_UNREAD(#reason, reason); \
	(trace_mm_migrate_pages)(a_, b_, 0, 0); })
#else
/* 1a5bae25e3cf: counts of huge pages, too */
#define trace_mm_migrate_pages(a, b, c, d, e, mode, reason) ({ \
	unsigned long a_ = (a), b_ = (b); (void)(c); (void)(d); (void)(e); \
	ERRPATH_UNREAD(#mode, mode); ERRPATH_UNREAD(#reason, reason); \
	(trace_mm_migrate_pages)(a_, b_, 0, 0); })
#endif

/* Up to 4.13 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 14, 0)
#define dec_node_page_state(page, item) ({ \
	struct page *dec_ = (page); mod_node_page_state(page_pgdat(dec_), item, -1); })
#endif

/* Up to 4.15: then move_hugetlb_state() does both */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 16, 0)
void hugetlb_cgroup_migrate(struct page *oldhpage, struct page *newhpage);
#endif

/* Up to 4.16 the callback may say where the caller is told of each page; here it does not */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 17, 0)
int split_huge_page(struct page *page);
#define page_to_nid(page) ((void)(page), 0)
#endif

/* Up to 4.18: it sets the flag of a page whether it is free or not */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 19, 0)
#define test_set_page_hwpoison(page) (!set_hwpoison_free_buddy_page(page))
#endif

/* Up to 5.7: a work-around for compilers of its time */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 8, 0)
#define ICE_noinline
#endif

/* Up to 5.6 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 7, 0)
#define page_is_file_cache page_is_file_lru
#endif

/* From 5.9 on */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
#define thp_nr_pages hpage_nr_pages
#endif

/* From 5.11 on: what failed for good goes to a list of migrate_pages()'s own */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
void list_add_tail(struct list_head *new, struct list_head *head);
void list_move_tail(struct list_head *entry, struct list_head *head);
void list_splice(struct list_head *list, struct list_head *head);
#define LIST_HEAD(name) struct list_head name = { errpath_list(&name) }
#endif

/* From 5.13 on */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0)
void trace_mm_migrate_pages_start(void);
#define trace_mm_migrate_pages_start(mode, reason) ({ \
	ERRPATH_UNREAD(#mode, mode); ERRPATH_UNREAD(#reason, reason); \
	(trace_mm_migrate_pages_start)(); })
#define hugetlb_page_subpool(page) ((void *)page_private(page))
#endif

/* From 5.14 on: the half of try_to_unmap() that TTU_MIGRATION asks for */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
#define try_to_migrate(page, flags) ((void)try_to_unmap(page, flags))
#endif

#endif
