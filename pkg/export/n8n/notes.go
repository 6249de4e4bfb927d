package n8n

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// sticky puts a note of some columns' width on the canvas.
func (b *builder) sticky(text string, at [2]int, columns int) {
	name := b.t("note", lang.Args{"Number": b.in.Words.Number(float64(len(b.out.Nodes)+1), 0)})
	b.out.add(node{Name: name, Type: "stickyNote", TypeVersion: 1, Position: at, Parameters: map[string]any{
		"content": text, "height": 260, "width": columns*column - 40, "color": 5,
	}})
}

func (b *builder) owner() string { return cmp.Or(b.in.Runbook.Owner, b.t("fill", nil)) }

func (b *builder) within() string { return cmp.Or(string(b.in.Runbook.Within), b.t("fill", nil)) }

// note says what has to be filled in on a line.
func (b *builder) note(source, target audit.System) {
	lines := []string{b.t("note.title", lang.Args{"Flow": b.flow()})}
	lines = append(lines, b.about(source, true)...)
	lines = append(lines, b.about(target, false)...)
	lines = append(lines, b.t("note.key", nil), b.t("note.map", lang.Args{"System": target.Label()}),
		b.t("note.table", lang.Args{"Table": b.tableName(), "Fields": strings.Join(b.in.Recovery.Log.Fields, ", ")}),
		b.t("note.again", lang.Args{"Minutes": b.minutes()}), b.t("note.publish", nil))
	switch b.in.Runbook.Pattern {
	case audit.PubSub:
		lines = append(lines, b.t("note.queue", nil))
	case audit.Push:
		lines = append(lines, b.t("note.push", nil))
	case audit.Sync:
		lines = append(lines, b.t("note.sync", nil))
	case audit.Pull:
		lines = append(lines, b.t("note.pull", nil))
	}
	b.sticky(strings.Join(lines, "\n- "), b.at(0, -320), 9)
}

// minutes are the waits of the second stage in words.
func (b *builder) minutes() string {
	var all []string
	for _, m := range b.in.Recovery.Retry.SecondStage {
		all = append(all, b.in.Words.Number(m, 0))
	}
	return b.in.Words.List(all)
}

// about says what is open at one end.
func (b *builder) about(s audit.System, read bool) []string {
	p := b.facts.product(s.Product)
	a := p.access(b.kind)
	args := lang.Args{"System": s.Label(), "Source": p.Source}
	calls := read && slices.Contains([]audit.Pattern{audit.Push, audit.PubSub}, b.in.Runbook.Pattern)
	operation := a.Write
	if read {
		operation = a.Read
	}
	var lines []string
	switch {
	case calls && p.Trigger.Type == "":
		lines = append(lines, b.t("note.webhook", args))
	case calls:
		lines = append(lines, b.t("note.credential", args))
		if p.Trigger.Parameter == "" || a.Event == "" {
			lines = append(lines, b.t("note.event", args))
		}
	case p.Node.Type != "":
		lines = append(lines, b.t("note.credential", args))
		if operation == "" {
			lines = append(lines, b.t("note.operation", args))
		}
	case address(p, a) != "":
		lines = append(lines, b.t("note.address", args))
	case p.HTTP != "":
		lines = append(lines, b.t("note.resource", args))
	default:
		lines = append(lines, b.t("note.no-address", args))
	}
	if p.Note != "" {
		known := lang.Args{}
		if v, ok := b.in.Recovery.Vendor(p.ID); ok {
			known["Year"] = v.Removal
		}
		lines = append(lines, b.t("note.known", lang.Args{"System": s.Label(), "Known": b.in.Words.Text("recovery.known."+p.Note, known)}))
	}
	return lines
}
