" Overrides what Vim itself takes `.tr` for: a source of troff.
autocmd BufRead,BufNewFile *.tr set filetype=tertial
