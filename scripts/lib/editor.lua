-- Opens a template in Neovim with `infra lsp`, as a user does: waits for findings, asks for a description, completes a word, goes to a
-- declaration. Prints a line for each, and ends with 1 at the first that is wrong. INFRA is the program, TEMPLATE the file.

local waiting = 20000

local function fail(message)
  io.stdout:write("error: " .. message .. "\n")
  vim.cmd("cquit 1")
end

local function check(name, holds, found)
  if not holds then
    fail(name .. "; found " .. vim.inspect(found))
  end
  io.stdout:write(name .. "\n")
end

vim.cmd("edit " .. vim.env.TEMPLATE)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = "infra",
  cmd = { vim.env.INFRA, "lsp" },
  root_dir = vim.fn.fnamemodify(vim.env.TEMPLATE, ":h"),
})
if not client then
  fail("the server does not start")
end
vim.lsp.buf_attach_client(buffer, client)

local function findings()
  return vim.diagnostic.get(buffer)
end

local function set_line(number, text)
  vim.api.nvim_buf_set_lines(buffer, number, number + 1, true, { text })
end

-- Answers a request at a place, counted from 0.
local function ask(method, line, character)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    position = { line = line, character = character },
  }
  local answers, problem = vim.lsp.buf_request_sync(buffer, "textDocument/" .. method, params, waiting)
  if not answers or not answers[client] then
    fail("no answer to " .. method .. ": " .. tostring(problem))
  end
  return answers[client].result
end

vim.wait(waiting, function() return #findings() > 0 end, 20)
local first = findings()
check("a finding appears when the template is opened", #first == 1 and first[1].source == "infra", first)
check(
  "it marks the wrong name",
  first[1].lnum == 6 and first[1].col == 6 and first[1].severity == vim.diagnostic.severity.ERROR,
  first
)
check("it suggests the right name", first[1].message:find("VisibilityTimeout", 1, true) ~= nil, first)

set_line(6, "      VisibilityTimeout: 30")
vim.wait(waiting, function() return #findings() == 0 end, 20)
check("it goes when the name is corrected", #findings() == 0, findings())

local hover = ask("hover", 6, 10)
check(
  "a property is described with its limits and what a change does",
  hover and hover.contents.value:find("Range: 0 to 43200", 1, true) and hover.contents.value:find("Update requires", 1, true),
  hover
)

local declaration = ask("definition", 9, 20)
check("a reference leads to its resource", declaration and declaration.range.start.line == 3, declaration)

set_line(6, "      Vis")
local items = ask("completion", 6, 9)
local edit
for _, item in ipairs(items) do
  if item.label == "VisibilityTimeout" then
    edit = item.textEdit
  end
end
check("a word that is typed is completed", edit ~= nil, items)
vim.lsp.util.apply_text_edits({ edit }, buffer, "utf-16")
local line = vim.api.nvim_buf_get_lines(buffer, 6, 7, true)[1]
check("the completed line is right", line == "      VisibilityTimeout: ", line)

vim.lsp.stop_client(client)
vim.wait(waiting, function() return vim.lsp.client_is_stopped(client) end, 20)
check("the server ends with the editor", vim.lsp.client_is_stopped(client), nil)
vim.cmd("qall!")
