// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file in the shape of mm/migrate.c, written for errpath's tests.
 *
 * What it does to one page and to a list of pages is what errpath models of Linux 5.8, and how
 * it is written is its own: so it is held against the model, path by path. It is compiled behind
 * errpath's stub, and is no part of any kernel.
 */
#include <linux/migrate.h>

/* One page of a list: what became of it goes into the counts. */
struct tally {
	int again;
	int lost;
	int moved;
};

static bool waits_for_writeback(enum migrate_mode mode)
{
	return mode == MIGRATE_SYNC || mode == MIGRATE_SYNC_NO_COPY;
}

/* Lock a page to be moved: false if it is not to be waited for. */
static bool lock_source(struct page *page, int force, enum migrate_mode mode)
{
	if (trylock_page(page))
		return true;
	if (!force)
		return false;
	if (mode == MIGRATE_ASYNC)
		return false;
	if (current->flags & PF_MEMALLOC)
		return false;
	lock_page(page);
	return true;
}

static void account(struct page *page)
{
	if (__PageMovable(page))
		return;
	mod_node_page_state(page_pgdat(page), NR_ISOLATED_ANON + page_is_file_lru(page),
			    -hpage_nr_pages(page));
}

/* Hand a page of a driver back, or let go of one that its driver has left. */
static void return_to_driver(struct page *page)
{
	lock_page(page);
	if (PageMovable(page))
		putback_movable_page(page);
	else
		__ClearPageIsolated(page);
	unlock_page(page);
	put_page(page);
}

void putback_movable_pages(struct list_head *l)
{
	struct page *page, *after;

	list_for_each_entry_safe(page, after, l, lru) {
		if (PageHuge(page)) {
			putback_active_hugepage(page);
			continue;
		}
		list_del(&page->lru);
		if (__PageMovable(page)) {
			VM_BUG_ON_PAGE(!PageIsolated(page), page);
			return_to_driver(page);
		} else {
			mod_node_page_state(page_pgdat(page),
					    NR_ISOLATED_ANON + page_is_file_lru(page),
					    -hpage_nr_pages(page));
			putback_lru_page(page);
		}
	}
}

/* Move what is in a locked page of the LRU into a locked new one. */
static int move_lru_page(struct page *page, struct page *newpage, struct anon_vma *anon_vma,
			 enum migrate_mode mode)
{
	bool unmapped = false;
	int rc = -EAGAIN;

	if (page->mapping) {
		if (page_mapped(page)) {
			VM_BUG_ON_PAGE(PageAnon(page) && !PageKsm(page) && !anon_vma, page);
			try_to_unmap(page, TTU_MIGRATION);
			unmapped = true;
		}
	} else {
		VM_BUG_ON_PAGE(PageAnon(page), page);
		if (page_has_private(page)) {
			try_to_free_buffers(page);
			return rc;
		}
	}
	if (!page_mapped(page))
		rc = move_to_new_page(newpage, page, mode);
	if (unmapped)
		remove_migration_ptes(page, rc ? page : newpage, false);
	return rc;
}

static int __unmap_and_move(struct page *page, struct page *newpage, int force,
			    enum migrate_mode mode)
{
	bool on_lru = !__PageMovable(page);
	struct anon_vma *anon_vma = NULL;
	int rc = -EAGAIN;

	if (!lock_source(page, force, mode))
		return rc;
	if (PageWriteback(page)) {
		if (!waits_for_writeback(mode)) {
			rc = -EBUSY;
			goto unlock;
		}
		if (!force)
			goto unlock;
		wait_on_page_writeback(page);
	}
	if (PageAnon(page) && !PageKsm(page))
		anon_vma = page_get_anon_vma(page);
	if (trylock_page(newpage)) {
		if (on_lru)
			rc = move_lru_page(page, newpage, anon_vma, mode);
		else
			rc = move_to_new_page(newpage, page, mode);
		unlock_page(newpage);
	}
unlock:
	if (anon_vma)
		put_anon_vma(anon_vma);
	unlock_page(page);
	if (rc)
		return rc;
	if (on_lru)
		putback_lru_page(newpage);
	else
		put_page(newpage);
	return MIGRATEPAGE_SUCCESS;
}

/* Nobody but the caller has the page any more. */
static void forget_freed(struct page *page)
{
	ClearPageActive(page);
	ClearPageUnevictable(page);
	if (!__PageMovable(page))
		return;
	lock_page(page);
	if (!PageMovable(page))
		__ClearPageIsolated(page);
	unlock_page(page);
}

static int unmap_and_move(new_page_t get_new_page, free_page_t put_new_page,
			  unsigned long private, struct page *page, int force,
			  enum migrate_mode mode, enum migrate_reason reason)
{
	struct page *newpage = NULL;
	int rc = MIGRATEPAGE_SUCCESS;

	if (!thp_migration_supported() && PageTransHuge(page))
		return -ENOMEM;

	if (page_count(page) == 1) {
		forget_freed(page);
	} else {
		newpage = get_new_page(page, private);
		if (!newpage)
			return -ENOMEM;
		rc = __unmap_and_move(page, newpage, force, mode);
		if (!rc)
			set_page_owner_migrate_reason(newpage, reason);
	}

	if (rc != -EAGAIN) {
		list_del(&page->lru);
		account(page);
	}
	if (!rc) {
		put_page(page);
		if (reason == MR_MEMORY_FAILURE && set_hwpoison_free_buddy_page(page))
			num_poisoned_pages_inc();
		return rc;
	}
	if (rc != -EAGAIN) {
		if (!__PageMovable(page))
			putback_lru_page(page);
		else
			return_to_driver(page);
	}
	if (put_new_page)
		put_new_page(newpage, private);
	else
		put_page(newpage);
	return rc;
}

/* Move a locked page of hugetlbfs into a new one, which is locked as well. */
static int move_huge_page(struct page *hpage, struct page *new_hpage, enum migrate_mode mode)
{
	struct address_space *mapping = NULL;
	int rc = -EAGAIN;

	if (page_mapped(hpage)) {
		mapping = hugetlb_page_mapping_lock_write(hpage);
		if (!mapping)
			return rc;
		try_to_unmap(hpage, TTU_MIGRATION | TTU_RMAP_LOCKED);
	}
	if (!page_mapped(hpage))
		rc = move_to_new_page(new_hpage, hpage, mode);
	if (mapping) {
		remove_migration_ptes(hpage, rc ? hpage : new_hpage, true);
		i_mmap_unlock_write(mapping);
	}
	return rc;
}

static int unmap_and_move_huge_page(new_page_t get_new_page, free_page_t put_new_page,
				    unsigned long private, struct page *hpage, int force,
				    enum migrate_mode mode, int reason)
{
	struct anon_vma *anon_vma = NULL;
	struct page *new_hpage;
	int rc = -EAGAIN;

	if (!hugepage_migration_supported(page_hstate(hpage))) {
		putback_active_hugepage(hpage);
		return -ENOSYS;
	}
	new_hpage = get_new_page(hpage, private);
	if (!new_hpage)
		return -ENOMEM;
	if (!trylock_page(hpage)) {
		if (!force || !waits_for_writeback(mode))
			goto give_back;
		lock_page(hpage);
	}
	if (page_private(hpage) && !page_mapping(hpage)) {
		rc = -EBUSY;
		goto unlock;
	}
	if (PageAnon(hpage))
		anon_vma = page_get_anon_vma(hpage);
	if (trylock_page(new_hpage)) {
		rc = move_huge_page(hpage, new_hpage, mode);
		unlock_page(new_hpage);
	}
	if (anon_vma)
		put_anon_vma(anon_vma);
	if (!rc) {
		move_hugetlb_state(hpage, new_hpage, reason);
		put_new_page = NULL;
	}
unlock:
	unlock_page(hpage);
give_back:
	if (rc != -EAGAIN)
		putback_active_hugepage(hpage);
	if (put_new_page)
		put_new_page(new_hpage, private);
	else
		putback_active_hugepage(new_hpage);
	return rc;
}

int migrate_pages(struct list_head *from, new_page_t get_new_page, free_page_t put_new_page,
		  unsigned long private, enum migrate_mode mode, int reason)
{
	int swapwrite = current->flags & PF_SWAPWRITE;
	struct tally tally = { .again = 1 };
	struct page *page, *after;
	int pass, rc;

	if (!swapwrite)
		current->flags |= PF_SWAPWRITE;

	for (pass = 0; pass < 10 && tally.again; pass++) {
		tally.again = 0;
		list_for_each_entry_safe(page, after, from, lru) {
try_again:
			cond_resched();
			if (PageHuge(page))
				rc = unmap_and_move_huge_page(get_new_page, put_new_page, private,
							      page, pass > 2, mode, reason);
			else
				rc = unmap_and_move(get_new_page, put_new_page, private, page,
						    pass > 2, mode, reason);

			if (rc == -ENOMEM) {
				if (PageTransHuge(page) && !PageHuge(page)) {
					lock_page(page);
					rc = split_huge_page_to_list(page, from);
					unlock_page(page);
					if (!rc) {
						list_safe_reset_next(page, after, lru);
						goto try_again;
					}
				}
				tally.lost++;
				goto report;
			}
			if (rc == -EAGAIN)
				tally.again++;
			else if (rc == MIGRATEPAGE_SUCCESS)
				tally.moved++;
			else
				tally.lost++;
		}
	}
	tally.lost += tally.again;
	rc = tally.lost;
report:
	if (tally.moved)
		count_vm_events(PGMIGRATE_SUCCESS, tally.moved);
	if (tally.lost)
		count_vm_events(PGMIGRATE_FAIL, tally.lost);
	trace_mm_migrate_pages(tally.moved, tally.lost, mode, reason);
	if (!swapwrite)
		current->flags &= ~PF_SWAPWRITE;
	return rc;
}
