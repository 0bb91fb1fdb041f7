-- Federation by the partners that xmppfed keeps: what was agreed with each holds for all streams and stanzas, both
-- ways. For Prosody 0.12 and 13. Nothing is open that the policy does not open: this module opens mod_s2s itself,
-- which the configuration disables, and only when there is a policy that can be read.
--
-- Options, all global:
--   xmppfed_policy      the policy, a document of kind "server-policy"; relative paths begin at the folder of the
--                       configuration (default: xmppfed-policy.json)
--   xmppfed_log_only    true: nothing is refused or changed, the log says what would be (default: false)
--   xmppfed_proxy_port  the port of the partners' proxies (default: 5269)
--
-- Beside the policy it keeps xmppfed-in-force.json: `store_revision` of the policy that is in force, `since` when (UTC,
-- RFC 3339), and `log_only`. The file is gone as long as no policy is in force, and locked (fcntl) by the server that
-- wrote it: one that was killed leaves a file that nobody holds.

module:set_global();

local lfs = require "lfs";
local pposix = require "util.pposix";
local json = require "util.json";
local st = require "util.stanza";
local jid = require "util.jid";
local filters = require "util.filters";
local timer = require "util.timer";
local to_ascii = require "util.encodings".idna.to_ascii;
local resolve_relative_path = require "util.paths".resolve_relative_path;
local config = require "core.configmanager";
local modulemanager = require "core.modulemanager";
local rostermanager = require "core.rostermanager";
local usermanager = require "core.usermanager";
local basic_resolver = require "net.resolvers.basic";
local service_resolver = require "net.resolvers.service";

local VERSION = "0.1.0"; -- of the xmppfed that this module belongs to
local FORMAT_VERSION = "1"; -- what it reads, whatever follows the point
local DEFAULT_PORT = 5269; -- RFC 6120 section 14.7

local xmlns_streams = "http://etherx.jabber.org/streams";
local xmlns_tls = "urn:ietf:params:xml:ns:xmpp-tls";
local xmlns_sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
local xmlns_dialback = "urn:xmpp:features:dialback";
local xmlns_bidi = "urn:xmpp:features:bidi";
local xmlns_stanzas = "urn:ietf:params:xml:ns:xmpp-stanzas";
local xmlns_muc = "http://jabber.org/protocol/muc";

local policy; -- what is in force; nil as long as there never was one
local host_modules = {}; -- host -> its module, of the hosts that this module is loaded on
local opened = {}; -- host -> true, of the hosts whose mod_s2s this module has loaded
local hosts = prosody.hosts;

-- The policy ------------------------------------------------------------------------------------------------------

local TYPES = { ["federated"] = true, ["public-verified"] = true, ["public-unverified"] = true };
local NEGOTIATIONS = { ["required"] = true, ["optional"] = true, ["not-supported"] = true };
local METHODS = { ["sasl-over-tls"] = true, ["tls-dialback"] = true, ["tcp-dialback"] = true };

local function is_count(value)
	return type(value) == "number" and value >= 1 and value % 1 == 0;
end

local function is_text(value)
	return type(value) == "string" and value ~= "";
end

local function is_list(value, is_item)
	if type(value) ~= "table" then return false; end
	local count = 0;
	for key, item in pairs(value) do
		count = count + 1;
		if type(key) ~= "number" or not is_item(item) then return false; end
	end
	return count == #value;
end

local function is_one_of(words)
	return function (value) return type(value) == "string" and words[value] == true; end;
end

local function is_boolean(value) return type(value) == "boolean"; end

local function may_lack(is_good)
	return function (value) return value == nil or is_good(value); end;
end

local PARTNER_KEYS = {
	domains = function (value) return is_list(value, is_text) and #value > 0; end;
	type = is_one_of(TYPES);
	methods = function (value) return is_list(value, is_one_of(METHODS)); end;
	tls = is_one_of(NEGOTIATIONS);
	sasl = is_one_of(NEGOTIATIONS);
	dialback = is_boolean;
	proxy_fqdn = may_lack(is_text);
	connection_limit = may_lack(is_count);
	keepalive = is_boolean;
};

local GATEWAY_KEYS = {
	connection_limit = is_count;
	partner_connection_limit = is_count;
	keepalive_interval = is_count;
	establishment_timeout = is_count;
	inactivity_timeout = is_count;
};

local function check_keys(object, keys, what)
	if type(object) ~= "table" then error(what.." is not an object", 0); end
	for key, is_good in pairs(keys) do
		if not is_good(object[key]) then error(what..": "..key.." is not what it must be", 0); end
	end
end

-- The form in which domains are compared: Prosody hands over U-labels, the policy has A-labels. nil for nil.
local function canonical(domain)
	if not domain then return nil; end
	return (to_ascii(domain) or domain):lower();
end

local function set_of(list)
	local found = {};
	for _, item in ipairs(list) do found[item] = true; end
	return found;
end

-- What the text of a policy says, with partners by domain; an error says what is wrong with it.
local function read_policy(text)
	local document, problem = json.decode(text);
	if type(document) ~= "table" then error("it is no JSON object: "..tostring(problem), 0); end
	if document.kind ~= "server-policy" then error("its kind is not server-policy", 0); end
	if tostring(document.format_version):match("^(%d+)%.%d+$") ~= FORMAT_VERSION then
		error(("its format_version is %s, this module reads %s"):format(tostring(document.format_version),
			FORMAT_VERSION), 0);
	end
	if type(document.store_revision) ~= "number" then error("it has no store_revision", 0); end
	check_keys(document.gateway, GATEWAY_KEYS, "gateway");
	if not is_list(document.partners, function (item) return type(item) == "table"; end) then
		error("its partners are no list", 0);
	end
	local by_domain = {};
	for index, partner in ipairs(document.partners) do
		check_keys(partner, PARTNER_KEYS, "partner "..index);
		partner.name = partner.domains[1];
		partner.can = set_of(partner.methods);
		for _, domain in ipairs(partner.domains) do
			domain = canonical(domain);
			if by_domain[domain] and by_domain[domain] ~= partner then
				error(("%s belongs to two partners"):format(domain), 0);
			end
			by_domain[domain] = partner;
		end
	end
	return { revision = document.store_revision; gateway = document.gateway; partners = #document.partners;
		by_domain = by_domain; text = text };
end

local function config_path(option, default)
	return resolve_relative_path(prosody.paths.config or ".", module:get_option_string(option, default));
end

local function policy_path() return config_path("xmppfed_policy", "xmppfed-policy.json"); end

local function log_only() return module:get_option_boolean("xmppfed_log_only", false); end

local function in_force_path()
	return (policy_path():gsub("[^/]*$", "").."xmppfed-in-force.json");
end

local said; -- what is said to be in force: the `path`, and the open `file`, for closing it would end the lock

local function write_in_force()
	local path = in_force_path();
	local beside = path..".new";
	local mask = pposix.umask("022"); -- whoever may read the policy may read this
	local file, problem = io.open(beside, "w");
	pposix.umask(mask);
	local done = file and file:write(('{\n  "format_version": "%s.0",\n  "kind": "server-policy-in-force",\n'
		..'  "store_revision": %d,\n  "since": "%s",\n  "log_only": %s\n}\n'):format(FORMAT_VERSION, policy.revision,
		policy.since, tostring(log_only()))) and file:flush();
	if done then done, problem = lfs.lock(file, "w"); end
	if done then done, problem = os.rename(beside, path); end
	if not done then
		module:log("warn", "cannot say which revision is in force: %s", tostring(problem));
		if file then file:close(); end
		return;
	end
	if said and said.path ~= path then os.remove(said.path); end
	if said then said.file:close(); end
	said = { path = path; file = file };
end

-- Nothing is in force any more, or the server is about to end.
local function unsay_in_force()
	if not said then return; end
	os.remove(said.path);
	said.file:close();
	said = nil;
end

-- Says beside the policy what is in force; other programs never see half of it, nor without the lock. Not before the
-- server has started: until then it may find that another one runs, or go into the background, which ends a lock.
local function say_in_force()
	if not prosody.start_time then return; end
	if prosody.shutdown_reason then
		module:log("debug", "this server does not stay: it does not say what is in force");
	elseif policy then
		write_in_force();
	else
		os.remove(in_force_path());
	end
end

-- Whether there is a new policy. A broken one leaves the old one in force.
local function load_policy()
	local path = policy_path();
	local ok, result = pcall(function ()
		local file, problem = io.open(path, "r");
		if not file then error(problem, 0); end
		local text = file:read("*a");
		file:close();
		return read_policy(text or "");
	end);
	if not ok then
		if policy then
			module:log("error", "policy %s is not usable, revision %d stays in force: %s", path, policy.revision, result);
		else
			module:log("error", "policy %s is not usable, federation stays closed: %s", path, result);
			say_in_force();
		end
		return false;
	end
	local unchanged = policy and policy.text == result.text;
	result.since = unchanged and policy.since or os.date("!%Y-%m-%dT%H:%M:%SZ");
	policy = result;
	module:log("info", "policy of store revision %d is in force: %d partners%s", policy.revision, policy.partners,
		log_only() and ", log only" or "");
	say_in_force();
	return true;
end

local function partner_of(domain)
	return domain and policy and policy.by_domain[canonical(domain)] or nil;
end

-- Whether a refusal is to be carried out; the log has it either way.
local function refused(partner, domain, field, text)
	module:log("warn", "%s: %s: %s (partner %s, revision %s)%s", domain or "(unknown host)", field, text,
		partner and partner.name or "none", policy and policy.revision or "none",
		log_only() and ", not enforced: log only" or "");
	return not log_only();
end

-- Streams ---------------------------------------------------------------------------------------------------------

local function remote_of(session)
	if session.direction == "outgoing" then return session.to_host; end
	return session.from_host;
end

-- Closes a stream with a stream error. True when it did.
local function refuse_stream(session, condition, field, text, domain)
	domain = domain or remote_of(session);
	if not refused(partner_of(domain), domain, field, text) then return false; end
	session:close({ condition = condition; text = text }, nil, text);
	return true;
end

local function method_of(session, mechanism)
	if mechanism == "EXTERNAL" then return "sasl-over-tls"; end
	return session.secure and "tls-dialback" or "tcp-dialback";
end

local function may_dialback(partner, session)
	return partner.can[method_of(session)] == true;
end

local function has_valid_certificate(session)
	return session.secure and session.cert_chain_status == "valid" and session.cert_identity_status == "valid";
end

-- Whether a stream may also carry the stanzas of the other direction (XEP-0288): only when each side has shown a
-- certificate, which is what either direction may ask for, and when ours need not take the way through a proxy.
local function may_be_bidirectional(partner, session)
	return partner.can["sasl-over-tls"] and has_valid_certificate(session)
		and not (session.direction == "incoming" and partner.proxy_fqdn);
end

local function each_stream()
	local found = {};
	for session in pairs(prosody.incoming_s2s) do found[session] = true; end
	for _, host in pairs(hosts) do
		for _, session in pairs(host.s2sout or {}) do found[session] = true; end
	end
	return found;
end

local function is_authenticated(session)
	return session.type == "s2sin" or session.type == "s2sout";
end

-- Authenticated streams: those of the partner, and all. `except` is not counted.
local function count_streams(partner, except)
	local own, all = 0, 0;
	for session in pairs(each_stream()) do
		if session ~= except and is_authenticated(session) then
			all = all + 1;
			if partner_of(remote_of(session)) == partner then own = own + 1; end
		end
	end
	return own, all;
end

-- The limit that one more stream would break, as text; nil when there is room.
local function broken_limit(partner, except)
	local own, all = count_streams(partner, except);
	local limit = partner.connection_limit or policy.gateway.partner_connection_limit;
	if own >= limit then return ("The limit of %d connections of this partner is reached"):format(limit); end
	limit = policy.gateway.connection_limit;
	if all >= limit then return ("The limit of %d connections is reached"):format(limit); end
	return nil;
end

-- Keep-alives: a blank each interval, and a partner's stream that was silent for too long is closed in peace.
local function keep_alive(session)
	session.xmppfed_heard = os.time();
	filters.add_filter(session, "bytes/in", function (bytes)
		session.xmppfed_heard = os.time();
		return bytes;
	end);
	local sent = os.time();
	timer.add_task(1, function ()
		if not is_authenticated(session) then return nil; end
		local partner, now, gateway = partner_of(remote_of(session)), os.time(), policy.gateway;
		if not partner or not partner.keepalive or log_only() then return gateway.keepalive_interval; end
		if session.direction == "incoming" and now - session.xmppfed_heard >= gateway.inactivity_timeout then
			module:log("info", "%s: keepalive: silent for %d s, closing (partner %s, revision %d)",
				tostring(remote_of(session)), now - session.xmppfed_heard, partner.name, policy.revision);
			session:close();
			return nil;
		end
		if now - sent >= gateway.keepalive_interval then
			sent = now;
			session.sends2s(" ");
		end
		local due = math.min(sent + gateway.keepalive_interval, session.xmppfed_heard + gateway.inactivity_timeout);
		return math.max(1, due - now);
	end);
end

-- The last gate before a stream is open, however it was authenticated; `event.host` is the domain that it is for.
local function authenticated(event)
	local session, domain = event.session, event.host;
	local partner = partner_of(domain);
	if not partner then
		if refuse_stream(session, "policy-violation", "domain", "Not a federation partner", domain) then return false; end
		return nil;
	end
	local method = method_of(session, event.mechanism);
	if not partner.can[method] and refuse_stream(session, "policy-violation", "methods",
		("Authentication by %s is not agreed"):format(method), domain) then
		return false;
	end
	local broken = not is_authenticated(session) and broken_limit(partner, session);
	if broken and refuse_stream(session, "resource-constraint", "connection_limit", broken, domain) then return false; end
	if not log_only() and not (method == "sasl-over-tls" and may_be_bidirectional(partner, session)) then
		if session.direction == "incoming" then session.outgoing = nil; else session.incoming = nil; end
	end
	session.xmppfed_methods = session.xmppfed_methods or {};
	if next(session.xmppfed_methods) == nil then keep_alive(session); end
	session.xmppfed_methods[domain] = method;
	return nil;
end

-- Why a stream may not stay under the policy that is in force now: field, text. nil when it may.
local function no_longer_allowed(session)
	local domain = remote_of(session);
	if domain and not partner_of(domain) then return "domain", "Not a federation partner", domain; end
	for name, method in pairs(session.xmppfed_methods or {}) do
		local partner = partner_of(name);
		if not partner then return "domain", "Not a federation partner", name; end
		if not partner.can[method] then
			return "methods", ("Authentication by %s is not agreed any more"):format(method), name;
		end
		if session.direction == "outgoing" and session.xmppfed_proxy ~= partner.proxy_fqdn then
			return "proxy_fqdn", "The way to this partner has changed", name;
		end
		if session.incoming and session.outgoing and not may_be_bidirectional(partner, session) then
			return "methods", "A stream for both directions is not agreed any more", name;
		end
	end
	return nil;
end

local function close_what_is_not_allowed()
	for session in pairs(each_stream()) do
		local field, text, domain = no_longer_allowed(session);
		if field then refuse_stream(session, "policy-violation", field, text, domain); end
	end
end

-- A certificate has just been looked at, in either direction.
module:hook("s2s-check-certificate", function (event)
	local session, partner = event.session, partner_of(event.host);
	if not partner or not partner.can["sasl-over-tls"] or partner.can["tls-dialback"] then return nil; end
	if has_valid_certificate(session) then return nil; end
	if refuse_stream(session, "not-authorized", "sasl", "A certificate that is valid for your domain is required",
		event.host) then
		return false;
	end
	return nil;
end, -0.5);

module:hook("s2s-created", function (event)
	local session = event.session;
	if not policy then return; end
	timer.add_task(policy.gateway.establishment_timeout, function ()
		if session.destroyed or is_authenticated(session) or not session.conn then return; end
		refuse_stream(session, "connection-timeout", "establishment_timeout", "The stream was not established in time");
	end);
end);

-- Where a partner's proxy is, nobody asks for SRV records. mod_s2s looks the function up at each call.
local new_service = service_resolver.new;

local nowhere = { next = function (_, found) found(nil); end };

function service_resolver.new(domain, service, ...)
	local partner = (service == "xmpp-server" or service == "xmpps-server") and partner_of(domain);
	if not partner or not partner.proxy_fqdn or log_only() then return new_service(domain, service, ...); end
	if service == "xmpps-server" then return setmetatable({}, { __index = nowhere }); end
	return basic_resolver.new(partner.proxy_fqdn, module:get_option_number("xmppfed_proxy_port", DEFAULT_PORT), ...);
end

-- Incoming streams ------------------------------------------------------------------------------------------------

local function starttls_feature(partner)
	local feature = st.stanza("starttls", { xmlns = xmlns_tls });
	if partner.tls == "required" then feature:tag("required"):up(); end
	return feature;
end

-- What is offered to a partner instead of a feature, nil for nothing. Who sent no `from` is offered TLS alone: who it
-- is shows later.
local function offered(session, partner, feature)
	local namespace = feature.attr.xmlns;
	if namespace == xmlns_tls then
		if not partner then return feature; end
		return partner.tls ~= "not-supported" and starttls_feature(partner) or nil;
	elseif namespace == xmlns_sasl then
		return partner and partner.can["sasl-over-tls"] and feature or nil;
	elseif namespace == xmlns_dialback then
		return partner and may_dialback(partner, session) and feature or nil;
	elseif namespace == xmlns_bidi then
		return partner and may_be_bidirectional(partner, session) and feature or nil;
	end
	return feature;
end

local function offer(event)
	local session, features = event.origin, event.features;
	if session.type ~= "s2sin_unauthed" then return; end
	local partner = partner_of(session.from_host);
	if session.from_host and not partner then
		refuse_stream(session, "policy-violation", "domain", "Not a federation partner");
		return;
	end
	if partner and partner.tls == "not-supported" and session.secure then
		if refuse_stream(session, "policy-violation", "tls", "TLS is not agreed") then return; end
	end
	if log_only() then return; end
	if partner and partner.tls == "not-supported" then session.ssl_ctx = false; end
	if not (partner and partner.can["sasl-over-tls"]) then session.external_auth = nil; end
	features:maptags(function (feature) return offered(session, partner, feature); end);
end

-- An answer to a request for dialback that is not followed.
local function refuse_dialback(session, stanza, condition)
	local attr = stanza.attr;
	session.sends2s(st.stanza("db:"..stanza.name:gsub("^db:", ""), { from = attr.to, to = attr.from, id = attr.id,
		type = "error" }):tag("error", { type = "cancel" }):tag(condition, { xmlns = xmlns_stanzas }));
	return true;
end

-- Before anybody is asked about a key, and before we answer for one of ours.
local function dialback_request(event)
	local session, stanza = event.origin, event.stanza;
	if session.direction ~= "incoming" then return nil; end
	local domain = stanza.attr.from;
	local partner = partner_of(domain);
	if not partner then
		return refused(nil, domain, "domain", "Dialback of no federation partner")
			and refuse_dialback(session, stanza, "forbidden") or nil;
	end
	if may_dialback(partner, session) then return nil; end
	return refused(partner, domain, "dialback", ("Dialback is not agreed (%s)"):format(method_of(session)))
		and refuse_dialback(session, stanza, "policy-violation") or nil;
end

local function bidi_request(session)
	local partner = partner_of(session.from_host);
	if session.type ~= "s2sin_unauthed" or partner and may_be_bidirectional(partner, session) then return nil; end
	return refused(partner, session.from_host, "methods", "A stream for both directions is not agreed") or nil;
end

-- Outgoing streams ------------------------------------------------------------------------------------------------

local function offers_external(mechanisms)
	if not mechanisms then return false; end
	for mechanism in mechanisms:childtags("mechanism") do
		if mechanism:get_text() == "EXTERNAL" then return true; end
	end
	return false;
end

-- What the other side offers, without what is not agreed: the other modules do not see it.
local function hide_features(session, partner, features)
	features:maptags(function (feature)
		local namespace = feature.attr.xmlns;
		if namespace == xmlns_sasl and not partner.can["sasl-over-tls"] then return nil; end
		if namespace == xmlns_tls and partner.tls == "not-supported" then return nil; end
		if namespace == xmlns_bidi and not (may_be_bidirectional(partner, session)
			and offers_external(features:get_child("mechanisms", xmlns_sasl))) then
			return nil;
		end
		return feature;
	end);
end

local function features_received(session, features)
	local partner = session.type == "s2sout_unauthed" and partner_of(session.to_host);
	if not partner then return nil; end
	local starttls = features:get_child("starttls", xmlns_tls);
	if partner.tls == "required" and not session.secure and not starttls then
		return refuse_stream(session, "policy-violation", "tls", "TLS is required and was not offered") or nil;
	end
	if log_only() then return nil; end
	hide_features(session, partner, features);
	if starttls and not session.secure and partner.tls ~= "not-supported" then return nil; end -- mod_tls goes on
	local external = session.secure and offers_external(features:get_child("mechanisms", xmlns_sasl));
	if not external and not may_dialback(partner, session) then
		return refuse_stream(session, "unsupported-feature", "methods",
			"None of the agreed methods of authentication is offered") or nil;
	end
	return nil;
end

local function external_failed(session)
	local partner = session.type == "s2sout_unauthed" and partner_of(session.to_host);
	if not partner or session.external_auth ~= "failed" or may_dialback(partner, session) then return nil; end
	return refuse_stream(session, "not-authorized", "dialback", "SASL EXTERNAL failed and dialback is not agreed") or nil;
end

-- A server from before XMPP 1.0 has no features: dialback without TLS is all it can do.
local function legacy_stream(event)
	local session = event.origin;
	local partner = partner_of(session.to_host);
	if not partner or may_dialback(partner, session) then return nil; end
	return refuse_stream(session, "policy-violation", "methods", "Dialback is not agreed") or nil;
end

local function prepare_outgoing(event)
	local session = event.session;
	local partner = partner_of(session.to_host);
	if not partner or log_only() then return; end
	session.xmppfed_proxy = partner.proxy_fqdn;
	if partner.tls == "not-supported" then session.ssl_ctx = false; end
end

local function bounce(host_module, stanza, condition, text)
	local kind = stanza.attr.type;
	if stanza.attr.xmlns or kind == "error" or kind == "result" or stanza.name:find(":", 1, true) then return true; end
	host_module:send(st.error_reply(stanza, condition == "resource-constraint" and "wait" or "cancel", condition, text));
	return true;
end

local function without_status(stanza)
	if stanza.name ~= "presence" or not stanza:get_child("status") then return stanza; end
	local copy = st.clone(stanza);
	copy:maptags(function (tag)
		if tag.name == "status" and tag.attr.xmlns == nil then return nil; end
		return tag;
	end);
	return copy;
end

-- Every stanza that leaves passes here, whatever stream takes it: before a stream is looked for or opened.
local function route(host_module, event)
	local stanza, partner = event.stanza, partner_of(event.to_host);
	if not partner then
		if not refused(nil, event.to_host, "domain", "Not a federation partner") then return nil; end
		return bounce(host_module, stanza, "not-allowed", "Not a federation partner");
	end
	local stream = hosts[event.from_host] and hosts[event.from_host].s2sout[event.to_host];
	local broken = not stream and stanza.name ~= "db:verify" and broken_limit(partner);
	if broken and refused(partner, event.to_host, "connection_limit", broken) then
		return bounce(host_module, stanza, "resource-constraint", broken);
	end
	if partner.type ~= "federated" and not log_only() then event.stanza = without_status(stanza); end
	return nil;
end

-- Partner types ---------------------------------------------------------------------------------------------------

-- The partner that a stanza comes from; nil for ours.
local function sender(stanza)
	local domain = jid.host(stanza.attr.from);
	if not domain or hosts[domain] then return nil; end
	return partner_of(domain);
end

-- Whether our user has put somebody on the contact list; a bare domain there stands for all its users.
local function has_added(username, host, contact)
	local roster = rostermanager.load_roster(username, host);
	if not roster then return false; end
	return roster[jid.bare(contact)] ~= nil or roster[jid.host(contact)] ~= nil;
end

-- Whether a session of our user is in the room (XEP-0045): it entered, and neither left nor was put out.
local function has_joined(username, host, room)
	local user = prosody.bare_sessions[username.."@"..host];
	for _, session in pairs(user and user.sessions or {}) do
		if session.xmppfed_rooms and session.xmppfed_rooms[room] then return true; end
	end
	return false;
end

local function invitation_by(stanza)
	local x = stanza:get_child("x", xmlns_muc.."#user");
	local invite = x and x:get_child("invite");
	return invite and invite.attr.from;
end

local ADDRESSING = set_of({ "from", "to", "id", "type" });
local ERROR_TYPES = set_of({ "auth", "cancel", "continue", "modify", "wait" });
local CONDITIONS = set_of({ "bad-request", "conflict", "feature-not-implemented", "forbidden", "gone",
	"internal-server-error", "item-not-found", "jid-malformed", "not-acceptable", "not-allowed", "not-authorized",
	"policy-violation", "recipient-unavailable", "redirect", "registration-required", "remote-server-not-found",
	"remote-server-timeout", "resource-constraint", "service-unavailable", "subscription-required",
	"undefined-condition", "unexpected-request" });

local function keep_children(stanza, is_kept)
	stanza:maptags(function (tag) return is_kept(tag) and tag or nil; end);
	for index = #stanza, 1, -1 do
		if type(stanza[index]) == "string" then table.remove(stanza, index); end
	end
end

-- Leaves of an error that a stranger sent what has room for no words: its type and the defined condition (RFC 6120
-- section 8.3).
local function strip_error(stanza)
	local given, kind, condition = stanza:get_child("error"), nil, nil;
	if given then
		kind = given.attr.type;
		for tag in given:childtags(nil, xmlns_stanzas) do
			condition = condition or CONDITIONS[tag.name] and tag.name;
		end
	end
	keep_children(stanza, function () return false; end);
	for name in pairs(stanza.attr) do
		if not ADDRESSING[name] then stanza.attr[name] = nil; end
	end
	stanza:add_direct_child(st.stanza("error", { type = ERROR_TYPES[kind] and kind or "cancel" })
		:tag(condition or "undefined-condition", { xmlns = xmlns_stanzas }):reset());
end

-- The partner of somebody whom our user neither has added nor meets in a room, if strangers of that partner are not to
-- be heard; nil otherwise.
local function unheard(stanza, username, host)
	local partner, from = sender(stanza), stanza.attr.from;
	if not partner or partner.type ~= "public-unverified" or has_added(username, host, from)
		or has_joined(username, host, jid.bare(from)) then
		return nil;
	end
	return partner;
end

-- What becomes of a message to a user of ours: "deliver"; "strip", as it then is without words of a stranger; or
-- "refuse". `stanza` is changed by `strip` alone.
local function judge_message(stanza, username, host)
	local partner = unheard(stanza, username, host);
	if not partner then return "deliver"; end
	if stanza.attr.type == "error" then return "strip"; end
	local inviter = invitation_by(stanza);
	if inviter and stanza.attr.type ~= "groupchat" and has_added(username, host, inviter) then return "strip"; end
	return "refuse", partner;
end

local function strip(stanza)
	if stanza.attr.type == "error" then
		strip_error(stanza);
	else
		keep_children(stanza, function (tag) return tag.attr.xmlns == xmlns_muc.."#user"; end);
	end
end

-- A client shows the text of any error that it gets.
local function error_of_stranger(event)
	local stanza = event.stanza;
	local username, host = jid.split(stanza.attr.to);
	if stanza.attr.type == "error" and username and unheard(stanza, username, host) and not log_only() then
		strip_error(stanza);
	end
end

-- Refuses a stanza of somebody whom our user has not added: true when it did, nil when it goes on.
local function refuse_stranger(host_module, stanza, partner, text)
	if not refused(partner, jid.host(stanza.attr.from), "type", text) then return nil; end
	host_module:send(st.error_reply(stanza, "auth", "forbidden", "This user has not added you"));
	return true;
end

local function message(host_module, event)
	local stanza = event.stanza;
	local username, host = jid.split(stanza.attr.to);
	if not username then return nil; end
	local verdict, partner = judge_message(stanza, username, host);
	if verdict == "strip" and not log_only() then strip(stanza); end
	if verdict ~= "refuse" then return nil; end
	return refuse_stranger(host_module, stanza, partner,
		("%s has not added %s"):format(jid.bare(stanza.attr.to), stanza.attr.from));
end

-- What was stored before its sender became a stranger: the way to the client is the last place to stop it.
local function guard_client(event)
	local session = event.session;
	filters.add_filter(session, "stanzas/out", function (stanza)
		if stanza.name ~= "message" or not stanza.attr or not stanza.attr.from
			or not stanza:get_child("delay", "urn:xmpp:delay") then
			return stanza;
		end
		local verdict, partner = judge_message(stanza, session.username, session.host);
		if verdict == "deliver" then return stanza; end
		if not refused(partner or sender(stanza), jid.host(stanza.attr.from), "type",
			("stored, and %s@%s has not added %s"):format(session.username, session.host, stanza.attr.from)) then
			return stanza;
		end
		return nil;
	end);
end

local function unsubscribed(host_module, stanza)
	host_module:send(st.presence({ type = "unsubscribed"; from = jid.bare(stanza.attr.to);
		to = jid.bare(stanza.attr.from) }));
	return true;
end

-- A stranger of an unverified provider may not ask to be a contact.
local function refuse_subscription(host_module, event)
	local stanza = event.stanza;
	local partner = stanza.attr.type == "subscribe" and sender(stanza);
	if not partner or partner.type ~= "public-unverified" then return nil; end
	local username, host = jid.split(stanza.attr.to);
	if not username or has_added(username, host, stanza.attr.from) then return nil; end
	return refused(partner, jid.host(stanza.attr.from), "type",
		("%s has not added %s, who wants to"):format(jid.bare(stanza.attr.to), stanza.attr.from))
		and unsubscribed(host_module, stanza) or nil;
end

-- Users of the other partners need no authorisation: mod_presence, which comes next, finds a contact and answers.
local function grant_subscription(event)
	local stanza = event.stanza;
	local partner = stanza.attr.type == "subscribe" and sender(stanza);
	if not partner or partner.type == "public-unverified" or log_only() then return; end
	local username, host = jid.split(stanza.attr.to);
	local contact = jid.bare(stanza.attr.from);
	if not username or not usermanager.user_exists(username, host)
		or rostermanager.is_contact_subscribed(username, host, contact) then
		return;
	end
	rostermanager.set_contact_pending_in(username, host, contact, stanza);
	if rostermanager.subscribed(username, host, contact) then
		rostermanager.roster_push(username, host, contact);
	end
end

-- Our user enters and leaves rooms by directed presence.
local function note_room(event)
	local session, stanza = event.origin, event.stanza;
	local room, kind = jid.bare(stanza.attr.to), stanza.attr.type;
	if not room or not session.username then return; end
	if kind == nil and stanza:get_child("x", xmlns_muc) then
		session.xmppfed_rooms = session.xmppfed_rooms or {};
		session.xmppfed_rooms[room] = true;
	elseif kind == "unavailable" and session.xmppfed_rooms then
		session.xmppfed_rooms[room] = nil;
	end
end

local function forget_rooms(event)
	local session, stanza = event.origin, event.stanza;
	if stanza.attr.type == "unavailable" and not stanza.attr.to then session.xmppfed_rooms = nil; end
end

local function has_status(stanza, code)
	local x = stanza:get_child("x", xmlns_muc.."#user");
	for status in (x or st.stanza("x")):childtags("status") do
		if status.attr.code == code then return true; end
	end
	return false;
end

-- The room says that our user is out, or never came in: of a presence of one's own, status 110 tells, and 303 that
-- only the name changes.
local function note_put_out(event)
	local stanza = event.stanza;
	local kind = stanza.attr.type;
	local session = prosody.full_sessions[stanza.attr.to];
	local rooms = session and session.xmppfed_rooms;
	if not rooms then return; end
	if kind == "error" or kind == "unavailable" and has_status(stanza, "110") and not has_status(stanza, "303") then
		rooms[jid.bare(stanza.attr.from)] = nil;
	end
end

-- A room of ours that a stranger makes invite our user.
local function room_invitation(host_module, event)
	local incoming, invitation = event.incoming or event.stanza, event.stanza;
	local partner = incoming and sender(incoming);
	if not partner or partner.type ~= "public-unverified" then return nil; end
	local username, host = jid.split(invitation.attr.to);
	if not username or not hosts[host] or has_added(username, host, incoming.attr.from) then return nil; end
	return refuse_stranger(host_module, incoming, partner,
		("%s has not added %s, who invites"):format(invitation.attr.to, incoming.attr.from));
end

-- Hosts -----------------------------------------------------------------------------------------------------------

local function disables_s2s(host)
	for _, name in ipairs(config.rawget(host, "modules_disabled") or {}) do
		if name == "s2s" then return true; end
	end
	return false;
end

-- Opens a host for other servers; not by module:depends, which refuses what the configuration disables for all.
local function open(host)
	if not policy or disables_s2s(host) or modulemanager.is_loaded(host, "s2s") then return; end
	local loaded, problem = modulemanager.load(host, "s2s");
	if not loaded then module:log("error", "%s: mod_s2s cannot be loaded: %s", host, tostring(problem)); end
	opened[host] = loaded and true or nil;
end

-- A host that the rules leave is closed again.
local function leave(host_module)
	local host = host_module.host;
	host_modules[host] = nil;
	if opened[host] and not host_module.reloading then
		opened[host] = nil;
		modulemanager.unload(host, "s2s");
	end
end

local function hook_streams(host_module)
	host_module:hook("s2s-authenticated", authenticated, 100);
	host_module:hook("s2s-stream-features", offer, -100); -- behind those who add theirs
	host_module:hook("stanza/jabber:server:dialback:result", dialback_request, 100);
	host_module:hook("stanza/jabber:server:dialback:verify", dialback_request, 100);
	host_module:hook_tag("urn:xmpp:bidi", "bidi", bidi_request, 100);
	host_module:hook("route/remote", function (event) return route(host_module, event); end, 100);
	host_module:hook("s2sout-created", prepare_outgoing, -100);
	host_module:hook("s2sout-authenticate-legacy", legacy_stream, 200);
	host_module:hook_tag(xmlns_streams, "features", features_received, 600); -- mod_tls has 500
	host_module:hook_tag(xmlns_sasl, "failure", external_failed, 110); -- mod_saslauth has 500, mod_dialback 100
end

local function hook_users(host_module)
	for _, kind in ipairs({ "bare", "full" }) do
		host_module:hook("message/"..kind, function (event) return message(host_module, event); end, 200);
		host_module:hook("presence/"..kind, function (event) return refuse_subscription(host_module, event); end, 200);
		host_module:hook("presence/"..kind, grant_subscription, 50); -- behind mod_blocklist
		host_module:hook("pre-presence/"..kind, note_room, 200);
		host_module:hook("presence/"..kind, note_put_out, 200);
		host_module:hook("presence/"..kind, error_of_stranger, 210); -- a room's refusal is from where our user goes
		host_module:hook("iq/"..kind, error_of_stranger, 210);
		host_module:hook("pre-presence/"..kind, forget_rooms, 200);
	end
	host_module:hook("resource-bind", guard_client);
end

function module.add_host(host_module)
	host_modules[host_module.host] = host_module;
	hook_streams(host_module);
	if host_module:get_host_type() == "component" then
		host_module:hook("muc-invite", function (event) return room_invitation(host_module, event); end, 100);
	else
		hook_users(host_module);
	end
	open(host_module.host);
	function host_module.unload() leave(host_module); end
end

-- Components do not inherit modules of this kind, and a host may have a list of its own: none is to stay without.
local function attach(host)
	if host ~= "*" and not modulemanager.is_loaded(host, "xmppfed") then modulemanager.load(host, "xmppfed"); end
end

module:hook("host-activated", attach, -1);

module:hook("config-reloaded", function ()
	if not load_policy() then return; end
	for host in pairs(host_modules) do open(host); end
	close_what_is_not_allowed();
end);

module:hook("server-started", say_in_force, -1); -- behind mod_posix, which goes into the background
module:hook("server-stopped", unsay_in_force);

function module.load()
	module:log("info", "this is the module of xmppfed %s", VERSION);
	load_policy();
	-- Hosts that were there before: not from within, while this module is being loaded.
	timer.add_task(0, function () for host in pairs(hosts) do attach(host); end end);
end

function module.unload()
	unsay_in_force();
	service_resolver.new = new_service;
end
