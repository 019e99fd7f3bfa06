;;; emacs.el --- what Emacs sees of the language server  -*- lexical-binding: t -*-

;; Runs in Emacs with the settings of editors/README.md loaded.  Opens $FILE, writes
;; what the server found to $FOUND and the file as the server lays it out.

(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(defun tertial-wait (what condition)
  "Wait until CONDITION holds; fail with WHAT after twenty seconds."
  (let ((end (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "%s did not come within twenty seconds" what))
      (accept-process-output nil 0.05))))

(find-file (getenv "FILE"))
;; `eglot-ensure' connects after the command that opened the file; a batch has none.
(run-hooks 'post-command-hook)
(tertial-wait "the server" #'eglot-current-server)
(tertial-wait "a diagnostic" (lambda () (flymake-start) (flymake-diagnostics)))

(let ((lines (mapcar
              (lambda (diagnostic)
                (let ((sent (alist-get 'eglot-lsp-diag (flymake-diagnostic-data diagnostic))))
                  (format "%d %s\n"
                          (line-number-at-pos (flymake-diagnostic-beg diagnostic))
                          (plist-get sent :code))))
              (flymake-diagnostics))))
  (write-region (apply #'concat lines) nil (getenv "FOUND")))

(eglot-format-buffer)
(save-buffer)
(eglot-shutdown (eglot-current-server))
