package n8n

import (
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// again is the long second stage: what failed for a reason that may pass by
// itself waits, longer each time, and is written once more, before anybody is
// called. It gives the node whose second output is what is refused for good.
func (b *builder) again(written, mapped string, target audit.System) string {
	var waits []string
	for _, minutes := range b.in.Recovery.Retry.SecondStage {
		waits = append(waits, strconv.FormatFloat(minutes, 'f', -1, 64))
	}
	// No status is no answer at all. The others are those of a service that is
	// down or busy, Azure's list of transient faults.
	passing := "={{ $runIndex < " + strconv.Itoa(len(waits)) + " && (!$json.error?.status || [429, 500, 502, 503, 504].includes(Number($json.error.status))) }}"
	later := b.out.add(node{Name: b.name("later", target.Label()), Type: "if", TypeVersion: 2.2, Position: b.at(6, 180), Parameters: map[string]any{
		"conditions": map[string]any{
			"options": map[string]any{"caseSensitive": true, "leftValue": "", "typeValidation": "loose", "version": 2}, "combinator": "and",
			"conditions": []any{map[string]any{
				"id": uuid("later " + target.ID), "leftValue": passing, "rightValue": true,
				"operator": map[string]any{"type": "boolean", "operation": "true", "singleValue": true},
			}},
		}, "options": map[string]any{},
	}})
	wait := b.out.add(node{Name: b.name("wait", target.Label()), Type: "wait", TypeVersion: 1.1, Position: b.at(6, 340), Parameters: map[string]any{
		"resume": "timeInterval", "amount": "={{ [" + strings.Join(waits, ", ") + "][$runIndex] }}", "unit": "minutes",
	}})
	// What failed carries its error in place of its fields.
	whole := b.out.add(node{Name: b.name("whole", target.Label()), Type: "set", TypeVersion: 3.4, Position: b.at(5, 340), Parameters: map[string]any{
		"mode": "raw", "jsonOutput": "={{ $('" + quoted(mapped) + "').item.json }}", "options": map[string]any{},
	}})
	b.out.link(written, 1, later)
	b.chain(later, wait, whole, written)
	return later
}

// records writes a line into the log for what was taken, and one for what was
// refused, which then counts as a failed run.
func (b *builder) records(written, fresh, mapped string, source, target audit.System) {
	line := func(result, reason string) map[string]any {
		// Only what the log may hold: neither names nor addresses.
		p := fields(
			[2]string{"log_time_utc", "={{ $now.toUTC().toISO() }}"}, [2]string{"flow_id", b.in.Flow.ID}, [2]string{"run_id", "={{ $execution.id }}"},
			[2]string{"attempt_no", "={{ $runIndex + 1 }}"},
			[2]string{"idempotency_key", "={{ $('" + quoted(fresh) + "').item.json.idempotency_key }}"},
			[2]string{"source_record_id", "={{ $('" + quoted(fresh) + "').item.json.source_record_id }}"},
			[2]string{"target_record_id", "={{ $json.id }}"}, [2]string{"action", source.ID + " > " + target.ID}, [2]string{"result_status", result},
			[2]string{"http_status", "={{ $json.error?.status }}"}, [2]string{"reason", reason},
			[2]string{"payload_hash", "={{ $('" + quoted(fresh) + "').item.json.payload_hash }}"},
		)
		p["includeOtherFields"] = false
		return p
	}
	taken := b.out.add(node{Name: b.name("taken", target.Label()), Type: "set", TypeVersion: 3.4, Position: b.at(6, 0), Parameters: line("taken", "")})
	refused := b.out.add(node{Name: b.name("refused", target.Label()), Type: "set", TypeVersion: 3.4, Position: b.at(7, 180), Parameters: line("waiting", "={{ $json.error?.message ?? $json.error }}")})
	log := b.table(b.name("log", target.Label()), b.at(7, 0))
	waiting := b.table(b.name("waiting", target.Label()), b.at(8, 180))
	stop := b.out.add(node{Name: b.name("stop", target.Label()), Type: "stopAndError", TypeVersion: 1, Position: b.at(9, 180), Parameters: map[string]any{
		"errorMessage": "=" + b.t("stopped", lang.Args{"Flow": b.flow()}) + " {{ $json.idempotency_key }}: {{ $json.reason }}",
	}})
	b.chain(written, taken, log)
	b.out.link(b.again(written, mapped, target), 1, refused)
	b.chain(refused, waiting, stop)
}

// quoted is a node's name inside an expression.
func quoted(name string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(name)
}

// tableName is the data table that holds the log and what waits.
func (b *builder) tableName() string { return b.in.Flow.ID + "-log" }

func (b *builder) table(name string, at [2]int) string {
	return b.out.add(node{Name: name, Type: "dataTable", TypeVersion: 1, Position: at, Parameters: map[string]any{
		"resource": "row", "operation": "insert", "dataTableId": map[string]any{"__rl": true, "mode": "name", "value": b.tableName()},
		"columns": map[string]any{"mappingMode": "autoMapInputData", "value": nil}, "options": map[string]any{},
	}})
}

// alerts tell the owner of a failed run: the workflow is its own error
// workflow, since it has an Error Trigger.
func (b *builder) alerts() {
	b.row++
	failed := b.out.add(node{Name: b.t("failed", nil), Type: "errorTrigger", TypeVersion: 1, Position: b.at(0, 0)})
	text := b.out.add(node{Name: b.t("message", nil), Type: "set", TypeVersion: 3.4, Position: b.at(2, 0), Parameters: fields(
		[2]string{"subject", b.t("subject", lang.Args{"Flow": b.flow()})},
		[2]string{"message", "={{ $json.message ?? $json.execution?.error?.message }} ({{ $json.execution?.lastNodeExecuted }}) {{ $json.execution?.url }}"},
	)})
	mail := b.out.add(node{Name: b.t("mail", nil), Type: "emailSend", TypeVersion: 2.1, Position: b.at(3, 0), Parameters: map[string]any{
		"fromEmail": "", "toEmail": "", "subject": "={{ $json.subject }}", "emailFormat": "text", "text": "={{ $json.message }}", "options": map[string]any{},
	}})
	slack := b.out.add(node{Name: "Slack", Type: "slack", TypeVersion: 2.3, Position: b.at(3, 180), Parameters: map[string]any{
		"resource": "message", "operation": "post", "select": "channel", "channelId": map[string]any{"__rl": true, "mode": "name", "value": ""},
		"text": "={{ $json.subject }}: {{ $json.message }}", "otherOptions": map[string]any{},
	}})
	b.chain(failed, text, mail)
	b.out.link(text, 0, slack)
	b.sticky(b.t("note.alerts", lang.Args{"Owner": b.owner(), "Within": b.within()}), b.at(5, -80), 4)
}

// watch counts the log's lines and tells when there are too few.
func (b *builder) watch() {
	p, ok := b.pace()
	if !ok {
		b.sticky(b.t("note.no-watch", nil), b.at(0, 200), 3)
		return
	}
	b.row++
	clock := b.out.add(node{Name: b.t("count-time", nil), Type: "scheduleTrigger", TypeVersion: 1.2, Position: b.at(0, 0), Parameters: map[string]any{
		"rule": map[string]any{"interval": []any{p.when}},
	}})
	since := "={{ $now.minus({ days: " + strconv.Itoa(p.days) + " }).toISO() }}"
	rows := b.out.add(node{Name: b.t("count", nil), Type: "dataTable", TypeVersion: 1, Position: b.at(1, 0), Always: true, Parameters: map[string]any{
		"resource": "row", "operation": "get", "dataTableId": map[string]any{"__rl": true, "mode": "name", "value": b.tableName()}, "returnAll": true,
		"matchType": "allConditions", "filters": map[string]any{"conditions": []any{
			map[string]any{"keyName": "createdAt", "condition": "gt", "keyValue": since},
			map[string]any{"keyName": "result_status", "condition": "eq", "keyValue": "taken"},
		}},
	}})
	low := b.out.add(node{Name: b.t("low", nil), Type: "if", TypeVersion: 2.2, Position: b.at(2, 0), Once: true, Parameters: map[string]any{
		"conditions": map[string]any{
			"options": map[string]any{"caseSensitive": true, "leftValue": "", "typeValidation": "strict", "version": 2}, "combinator": "and",
			"conditions": []any{map[string]any{
				"id": uuid("low"), "leftValue": "={{ $input.all().filter(row => row.json.run_id).length }}", "rightValue": p.below,
				"operator": map[string]any{"type": "number", "operation": "lt"},
			}},
		}, "options": map[string]any{},
	}})
	args := lang.Args{"Below": strconv.Itoa(p.below), "Days": strconv.Itoa(p.days)}
	text := b.out.add(node{Name: b.t("low-message", nil), Type: "set", TypeVersion: 3.4, Position: b.at(3, 0), Parameters: fields([2]string{"message", b.t("low-text", args)})})
	b.chain(clock, rows, low, text, b.t("message", nil))
	b.sticky(b.t("note.watch", args), b.at(5, -80), 4)
}

// pace is when the log is counted, over how many days, and what is too low.
type pace struct {
	when  map[string]any
	days  int
	below int
}

// pace follows the runbook's watch; false where records are too rare or their
// number is not known.
func (b *builder) pace() (pace, bool) {
	const evening, monday = 18, 1
	week := int(b.in.Workspace.Assumptions.DaysPerWeek.Value)
	var days []int
	for d := range min(max(week, 1), 7) {
		days = append(days, (d+monday)%7)
	}
	each := map[string]any{"field": "weeks", "weeksInterval": 1, "triggerAtDay": days, "triggerAtHour": evening}
	w := b.in.Runbook.Watch
	switch w.Every {
	case catalogue.Day:
		return pace{each, 1, w.Below}, true
	case catalogue.Week:
		return pace{map[string]any{"field": "weeks", "weeksInterval": 1, "triggerAtDay": []int{monday}, "triggerAtHour": evening}, 7, w.Below}, true
	case catalogue.Month:
		return pace{map[string]any{"field": "months", "monthsInterval": 1, "triggerAtDayOfMonth": 1, "triggerAtHour": evening}, 31, w.Below}, true
	}
	if w.SilentDays == 0 {
		return pace{}, false
	}
	weekends := (w.SilentDays + len(days) - 1) / len(days) * (7 - len(days))
	return pace{each, w.SilentDays + weekends, 1}, true
}
