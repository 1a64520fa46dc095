-- The health of a ServerHerd. Argo CD gives it the resource as obj; only Lua's base and table libraries are there.
local hs = { status = "Progressing", message = "Waiting for the operator" }

if obj.metadata.deletionTimestamp ~= nil then
  hs.message = "Being deleted"
  return hs
end

-- Whatever the status says, it does not speak of this spec.
if obj.status == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return hs
end

local conditions = {}
for _, condition in ipairs(obj.status.conditions or {}) do
  conditions[condition.type] = condition
end

local function is(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

if is("Paused") then
  hs.status = "Suspended"
  hs.message = conditions.Paused.message
  return hs
end

-- A person has to change something: the spec, or what is in the way.
for _, type in ipairs({ "Stalled", "NameConflict" }) do
  if is(type) then
    hs.status = "Degraded"
    hs.message = conditions[type].message
    return hs
  end
end

local ready = conditions.Ready
if ready ~= nil and ready.status ~= "True" then
  -- An image that can't be had, a server that crashes: the operator goes on trying, but it may well be the edit's fault.
  if ready.reason == "ServersFailing" then
    hs.status = "Degraded"
  end
  hs.message = ready.message
  return hs
end

if is("Reconciling") then
  hs.message = conditions.Reconciling.message
  return hs
end

if is("Ready") and is("TopologyConverged") then
  hs.status = "Healthy"
  hs.message = obj.status.summary.state
end
return hs
