" Colours for `.tr`, the language of follow-up reports. It knows shapes; what a
" word means, the language server says.

if exists("b:current_syntax")
  finish
endif

" `å`, `ä` and `ö` are letters.
syntax iskeyword @,48-57,192-255,_
syntax sync minlines=200

" What opens a file or a declaration, at the beginning of a line.
syntax match tertialKeyword /\v^\s*%(organisation|budget|verksamhetsplan|rapport|mallar|mål|indikator|aktivitet|avsnitt|tabell|diagram|bild|text|bilaga|rapporttyp|tabelltyp|nivå|kolumn|rad|skala|period)>%(\s*:)@!/ nextgroup=tertialName skipwhite
syntax match tertialName /\v[[:alnum:]_åäöÅÄÖé.]+%(,\s*[[:alnum:]_åäöÅÄÖé.]+)*/ contained
syntax match tertialTitle /".*"/ contains=tertialInsert

" `namn: värde`, alone on its line or in a body on one line.
syntax match tertialField /\v^\s*[[:lower:]åäö][[:alnum:]åäö -]*\ze:%(\s|$)/ nextgroup=tertialColon
syntax match tertialField /\v\{\s*\zs[[:lower:]åäö][[:alnum:]åäö -]*\ze:\s/ nextgroup=tertialColon
syntax match tertialColon /:/ contained nextgroup=tertialValue skipwhite
syntax match tertialValue /\S.*$/ contained contains=@tertialInline,tertialNumber,tertialComment
" A number that the value begins with; those in prose are words among words.
syntax match tertialNumber /\v%(:\s+)@<=[-±]?\d+%([ ,.:-]\d+)*%(\s*\%)?/ contained
syntax region tertialProse matchgroup=tertialQuote start=/"""\s*$/ end=/^\s*"""\s*$/ contains=@tertialInline,tertialHeading,tertialItem
syntax match tertialField /\v^\s*\zs[[:lower:]åäö][[:lower:]åäö ]*\ze\s+"""\s*$/ nextgroup=tertialProse skipwhite

" What prose holds.
syntax cluster tertialInline contains=tertialInsert,tertialChecked,tertialReference,tertialMissing,tertialItalic,tertialBold
syntax match tertialInsert /{[^}]*}/ contained
syntax match tertialChecked /\[[^\]]*\]\ze{/ contained nextgroup=tertialInsert
syntax match tertialReference /\v\@[[:alnum:]_åäö.]*[[:alnum:]_åäö]/ contained
syntax match tertialMissing /\[KOMPLETTERAS[^\]]*\]/ contained
syntax match tertialItalic /\v\*[^*]+\*/ contained
syntax match tertialBold /\v\*\*[^*]+\*\*/ contained
syntax match tertialHeading /\v^\s*#+ .*/ contained
syntax match tertialItem /\v^\s*\zs%(-|\d+\.)\ze / contained

syntax match tertialComment /\v%(^|\s)\/\/.*/

highlight default link tertialKeyword Keyword
highlight default link tertialName Identifier
highlight default link tertialTitle String
highlight default link tertialQuote Delimiter
highlight default link tertialField Type
highlight default link tertialColon Delimiter
highlight default link tertialNumber Number
highlight default link tertialInsert Special
highlight default link tertialChecked Underlined
highlight default link tertialReference Special
highlight default link tertialMissing Todo
highlight default link tertialHeading Title
highlight default link tertialItem Delimiter
highlight default link tertialComment Comment
highlight default tertialItalic cterm=italic gui=italic
highlight default tertialBold cterm=bold gui=bold

let b:current_syntax = "tertial"
