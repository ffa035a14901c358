-- Sends the requests of a file in turn, and prints as JSON what was seen. A line is a method, a path, a body and headers, between tabs.

local requests, at = {}, 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  failed = 0
  for line in io.lines(args[1]) do
    local parts = {}
    for part in (line .. "\t"):gmatch("(.-)\t") do
      table.insert(parts, part)
    end
    -- In this case of letters: beside any other, wrk sends its own as well, and two are refused.
    local headers = { Host = "127.0.0.1" }
    for n = 4, #parts do
      local name, value = parts[n]:match("^(.-): (.*)$")
      headers[name] = value
    end
    local body = parts[3] ~= "" and parts[3] or nil
    table.insert(requests, wrk.format(parts[1], parts[2], headers, body))
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function response(status)
  if status < 200 or status > 299 then
    failed = failed + 1
  end
end

function done(summary, latency)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do
    bad = bad + thread:get("failed")
  end
  print(string.format(
    '\n{"requests": %d, "microseconds": %d, "failed": %d, "p50": %d, "p99": %d}',
    summary.requests, summary.duration, bad, latency:percentile(50), latency:percentile(99)
  ))
end
