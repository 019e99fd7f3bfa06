-- Runs in Neovim with a file of the test's open and the settings of editors/README.md
-- loaded. Writes what the server found to $FOUND and the file as the server lays it out.

local found = vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
if not found then
  io.stderr:write("no diagnostic came within twenty seconds\n")
  vim.cmd("cquit 1")
end

local lines = {}
for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
  table.insert(lines, (diagnostic.lnum + 1) .. " " .. diagnostic.code)
end
vim.fn.writefile(lines, vim.env.FOUND)

if vim.lsp.buf.format then
  vim.lsp.buf.format({ timeout_ms = 20000 })
else
  vim.lsp.buf.formatting_sync(nil, 20000)
end
vim.cmd("write")
vim.cmd("qall!")
