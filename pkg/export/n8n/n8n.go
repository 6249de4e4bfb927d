// Package n8n writes a flow as a workflow that n8n imports: a head start for
// whoever builds the integration, with the trigger, both ends, retries, the
// log and the alerts in place, and notes on what has to be filled in. It holds
// no credentials.
package n8n

import (
	"cmp"
	"io"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Input is what a workflow is made of.
type Input struct {
	Words     lang.Printer
	Workspace audit.Workspace
	Recovery  catalogue.Recovery
	Flow      audit.Flow
	Runbook   advise.Runbook // of the flow
}

// Write writes the workflow of a flow. The same input gives the same bytes.
func Write(to io.Writer, in Input) error {
	f, err := load()
	if err != nil {
		return err
	}
	b := builder{in: in, facts: f}
	b.entity, _ = in.Workspace.Entity(in.Flow.Entity)
	b.kind = f.typeOf(b.entity)
	b.out = workflow{
		ID: short(in.Flow.ID), Name: b.flow(), Nodes: []node{}, Connections: map[string]connections{},
		Settings: map[string]any{"executionOrder": "v1", "saveDataErrorExecution": "all", "saveDataSuccessExecution": "all", "errorWorkflow": short(in.Flow.ID)},
	}
	b.lines()
	b.alerts()
	b.watch()
	return b.out.write(to)
}

type builder struct {
	in     Input
	facts  facts
	out    workflow
	entity audit.Entity
	kind   string // of the data
	row    int    // of the canvas, from the top
}

const (
	column = 240 // of the canvas, between two nodes
	height = 640 // of a line of nodes with its note
)

func (b *builder) t(key string, args lang.Args) string { return b.in.Words.Text("n8n."+key, args) }

func (b *builder) flow() string { return plain(b.in.Flow.Label()) }

func (b *builder) at(col, down int) [2]int { return [2]int{col * column, b.row*height + down} }

func (b *builder) name(key, which string) string { return b.t(key, lang.Args{"Name": which}) }

// lines are one way of the flow, or both.
func (b *builder) lines() {
	f := b.in.Flow
	b.line(f.From, f.To)
	if b.in.Runbook.Pattern == audit.Sync {
		b.row++
		b.line(f.To, f.From)
	}
}

// line leads records from one system to the other.
func (b *builder) line(from, to string) {
	source, target := b.ends(from, to)
	begin := b.begin(source)
	key := b.out.add(node{Name: b.name("key", source.Label()), Type: "set", TypeVersion: 3.4, Position: b.at(2, 0), Parameters: fields(
		[2]string{"idempotency_key", b.keyExpression()}, [2]string{"source_record_id", "={{ $json.id }}"}, [2]string{"payload_hash", "={{ JSON.stringify($json).hash('sha256') }}"},
	)})
	fresh := b.out.add(node{Name: b.name("new", source.Label()), Type: "removeDuplicates", TypeVersion: 2, Position: b.at(3, 0), Parameters: map[string]any{
		"operation": "removeItemsSeenInPreviousExecutions", "dedupeValue": "={{ $json.idempotency_key }}", "options": map[string]any{},
	}})
	mapped := b.out.add(node{Name: b.name("map", target.Label()), Type: "set", TypeVersion: 3.4, Position: b.at(4, 0), Parameters: fields(b.mapping(to)...)})
	written := b.end(target, false, b.at(5, 0))
	b.chain(begin, key, fresh, mapped, written)
	b.records(written, fresh, mapped, source, target)
	b.note(source, target)
}

// ends are the two systems, with names that tell them apart and mean nothing
// inside an expression.
func (b *builder) ends(from, to string) (source, target audit.System) {
	source, _ = b.in.Workspace.System(from)
	target, _ = b.in.Workspace.System(to)
	source.Name, target.Name = plain(source.Label()), plain(target.Label())
	if source.Name == target.Name {
		source.Name, target.Name = source.Name+" ("+source.ID+")", target.Name+" ("+target.ID+")"
	}
	return source, target
}

// plain takes the braces of expressions out of a text.
func plain(s string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(s) }

func (b *builder) chain(names ...string) { b.out.chain(names...) }

// begin starts a line: by the source where it calls, from a queue, or by a
// schedule that asks the source.
func (b *builder) begin(s audit.System) string {
	p := b.facts.product(s.Product)
	switch b.in.Runbook.Pattern {
	case audit.Push:
		return b.trigger(s, p, 1)
	case audit.PubSub:
		published := b.trigger(s, p, 0)
		queue := b.out.add(node{Name: b.name("publish", s.Label()), Type: "rabbitmq", TypeVersion: 1.1, Position: b.at(1, 180), Parameters: map[string]any{
			"operation": "sendMessage", "queue": b.in.Flow.ID, "options": map[string]any{"durable": true},
		}})
		b.chain(published, queue)
		return b.out.add(node{Name: b.name("queue", s.Label()), Type: "rabbitmqTrigger", TypeVersion: 1, Position: b.at(1, 0), Parameters: map[string]any{
			"queue": b.in.Flow.ID, "options": map[string]any{"durable": true, "jsonParseBody": true, "onlyContent": true},
		}})
	case audit.Pull, audit.Sync:
	}
	clock := b.out.add(node{Name: b.name("schedule", s.Label()), Type: "scheduleTrigger", TypeVersion: 1.2, Position: b.at(0, 0), Parameters: schedule(b.in.Flow.Needs.Latency)})
	read := b.end(s, true, b.at(1, 0))
	b.chain(clock, read)
	return read
}

// trigger is the source's own, else an address that the source calls.
func (b *builder) trigger(s audit.System, p product, col int) string {
	n := node{Name: b.name("trigger", s.Label()), Position: b.at(col, 0)}
	if col == 0 {
		n.Position = b.at(0, 180)
	}
	if p.Trigger.Type == "" {
		n.Type, n.TypeVersion = "webhook", 2
		n.Parameters = map[string]any{"httpMethod": "POST", "path": b.in.Flow.ID, "options": map[string]any{}}
		return b.out.add(n)
	}
	n.Type, n.TypeVersion, n.Parameters = p.Trigger.Type, p.Trigger.Version, map[string]any{}
	if event := p.access(b.kind).Event; event != "" && p.Trigger.Parameter != "" {
		n.Parameters[p.Trigger.Parameter] = event
	}
	return b.out.add(n)
}

// end reads from or writes to a system: by its own node, else by HTTP. It is
// tried again at once in one layer only, here, with the longest wait that n8n
// takes; again adds the long one.
func (b *builder) end(s audit.System, read bool, at [2]int) string {
	p := b.facts.product(s.Product)
	a := p.access(b.kind)
	n := node{Name: b.name("write", s.Label()), Position: at, RetryOnFail: true, MaxTries: b.in.Recovery.Retry.Attempts, Wait: 5000}
	operation, method := a.Write, "POST"
	if read {
		n.Name, operation, method = b.name("read", s.Label()), a.Read, "GET"
	} else {
		n.OnError = "continueErrorOutput"
	}
	n.Parameters = map[string]any{"options": map[string]any{}}
	if p.Node.Type != "" {
		n.Type, n.TypeVersion = p.Node.Type, p.Node.Version
		if a.Resource != "" {
			n.Parameters["resource"] = a.Resource
		}
		if operation != "" {
			n.Parameters["operation"] = operation
		}
		return b.out.add(n)
	}
	n.Type, n.TypeVersion = "httpRequest", 4.2
	n.Parameters["method"], n.Parameters["url"] = method, address(p, a)
	if !read {
		n.Parameters["sendBody"], n.Parameters["specifyBody"], n.Parameters["jsonBody"] = true, "json", "={{ $json }}"
	}
	return b.out.add(n)
}

// address is the documented one, or empty: n8n then shows the node as not
// filled in.
func address(p product, a access) string {
	if p.HTTP == "" || a.Resource == "" {
		return ""
	}
	return strings.ReplaceAll(p.HTTP, "{resource}", a.Resource)
}

// keyExpression is the idempotency key: source, type, id and version.
func (b *builder) keyExpression() string {
	return "=" + b.in.Flow.From + ":" + cmp.Or(b.in.Flow.Entity, b.in.Flow.ID) + ":{{ $json.id }}:{{ $json.updated_at }}"
}

// mapping is a placeholder for each field that is known, and one for the rest.
func (b *builder) mapping(to string) [][2]string {
	fill := b.t("fill", nil)
	var all [][2]string
	for _, k := range b.entity.Key {
		all = append(all, [2]string{k, fill})
	}
	for _, f := range b.in.Flow.Needs.Fields {
		if b.in.Runbook.Pattern == audit.Sync && f.Owner == to {
			continue // its owner is not overwritten
		}
		all = append(all, [2]string{f.Field, fill})
	}
	return append(all, [2]string{b.t("field", nil), fill})
}

// fields are the assignments of a Set node, all of them texts, beside what the
// record has already.
func fields(pairs ...[2]string) map[string]any {
	assignments := make([]any, len(pairs))
	for i, p := range pairs {
		assignments[i] = map[string]any{"id": uuid("field/" + p[0]), "name": p[0], "value": p[1], "type": "string"}
	}
	return map[string]any{"assignments": map[string]any{"assignments": assignments}, "includeOtherFields": true, "options": map[string]any{}}
}

// schedule is how often the source is asked.
func schedule(l audit.Latency) map[string]any {
	every := map[string]any{"field": "days", "daysInterval": 1, "triggerAtHour": 6}
	switch l {
	case "realtime", "minutes":
		every = map[string]any{"field": "minutes", "minutesInterval": 5}
	case "hourly":
		every = map[string]any{"field": "hours", "hoursInterval": 1}
	case "weekly":
		every = map[string]any{"field": "weeks", "weeksInterval": 1, "triggerAtHour": 6}
	}
	return map[string]any{"rule": map[string]any{"interval": []any{every}}}
}
