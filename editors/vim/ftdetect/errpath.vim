" SPDX-License-Identifier: GPL-2.0-only
au BufRead,BufNewFile *.errpath setfiletype errpath
