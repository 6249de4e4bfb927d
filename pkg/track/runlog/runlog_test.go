package runlog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/track/runlog"
)

// n8n has the columns of its executions; a run by hand is a test, an error
// workflow's run no run at all.
const n8n = `id,workflowId,workflowName,mode,status,startedAt,stoppedAt
1,w1,Orders,webhook,success,2027-02-28T23:15:00.000Z,
2,w1,Orders,retry,success,2027-03-01T08:15:00.000Z,
3,w1,Orders,trigger,error,2027-03-01T08:15:00.000Z,
4,w1,Orders,trigger,crashed,2027-03-01T08:15:00.000Z,
5,w1,Orders,manual,success,2027-03-02T08:15:00.000Z,
6,w1,Orders,manual,error,2027-03-02T08:15:00.000Z,
7,w2,Alerts,error,success,2027-03-02T08:15:00.000Z,
8,w1,Orders,webhook,waiting,2027-03-03T08:15:00.000Z,
`

// Make has a number or a word for the status, and changes of the scenario among
// its runs.
const makeLog = "\ufeff" + `imtId;timestamp;type;status;duration;operations;transfer
a;1772352000000;auto;1;900;5;10
b;1772352000000;auto;3;900;5;10
c;1772352000000;manual;1;900;5;10
d;1772352000000;auto;2;900;5;10
e;1772352000000;modify;;;;
`

const zapier = `Zap name,Status,Start time,Tasks used
Orders,Success,"Mar 5, 2027 9:15 AM",3
Orders,Stopped (errored),"Mar 6, 2027 9:15 AM",0
Orders,Filtered,"Mar 6, 2027 9:15 AM",0
Orders,Held,"Apr 6, 2027 9:15 AM",0
`

func TestOnlySuccessfulRunsCount(t *testing.T) {
	for _, c := range []struct {
		from runlog.Platform
		text string
		want []runlog.Count
	}{
		{runlog.N8N, n8n, []runlog.Count{{"Orders", "2027-02", 1, 0, 0, 0}, {"Orders", "2027-03", 1, 2, 2, 1}}},
		{runlog.Make, makeLog, []runlog.Count{{"", "2026-03", 1, 2, 1, 0}}},
		{runlog.Zapier, zapier, []runlog.Count{{"Orders", "2027-03", 1, 1, 0, 1}, {"Orders", "2027-04", 0, 0, 0, 1}}},
	} {
		got, err := runlog.Read(c.from, []byte(c.text))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", c.from, got, err, c.want)
		}
	}
}

// zaps is a log with dates in one column.
func zaps(dates ...string) string {
	text := "zap_title,status,start_time\n"
	for _, d := range dates {
		text += "Orders,success,\"" + d + "\"\n"
	}
	return text
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		dates []string
		want  string // the months, or the error
	}{
		{[]string{"2027-03-01T08:15:00Z", "2027-03-01 08:15", "2027/03/09"}, "2027-03"},
		{[]string{"01/03/2027", "14/03/2027"}, "2027-03"},
		{[]string{"3/1/2027 8:15 AM", "03/14/2027"}, "2027-03"},
		{[]string{"14.03.2027"}, "2027-03"},
		{[]string{"03/03/2027"}, "2027-03"},
		{[]string{"1804000000", "1804000000000"}, "2027-03"},
		{[]string{"Mar 1, 2027 8:15 AM", "2 March 2027"}, "2027-03"},
		{[]string{"01/03/2027", "02/03/2027"}, `line 2: the date "01/03/2027" may be of two months, and no other date of the log decides`},
		{[]string{"14/03/2027", "03/14/2027"}, `line 3: the date "03/14/2027" has the day where line 2 has the month`},
		{[]string{"2027-03-01", "14/03/2027"}, `line 3: the date "14/03/2027" is written otherwise than those before it`},
		{[]string{"2027-02-30"}, `line 2: "2027-02-30" is no date that can be read`},
		{[]string{"yesterday"}, `line 2: "yesterday" is no date that can be read`},
		{[]string{""}, `line 2: a run has no date`},
	} {
		counts, err := runlog.Read(runlog.Zapier, []byte(zaps(c.dates...)))
		got := ""
		for _, x := range counts {
			got += x.Month
		}
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.dates, got, c.want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct {
		from       runlog.Platform
		text, want string
	}{
		{runlog.Make, n8n, "line 1: these are the columns of n8n, and the log should be from make"},
		{runlog.N8N, makeLog, "line 1: these are the columns of make, and the log should be from n8n"},
		{runlog.N8N, zapier, "line 1: these are the columns of zapier, and the log should be from n8n"},
		{runlog.N8N, "a,b\n1,2\n", "line 1: a log from n8n has no column status, startedat, mode"},
		{runlog.N8N, "workflowId,status,startedAt\n", "line 1: a log from n8n has no column mode"},
		{runlog.Zapier, "zap,status,date\nOrders,done,2027-03-01\n", `line 2: the status "done" is none that zapier has`},
		{runlog.N8N, "", "the log is empty"},
		{runlog.N8N, "a\xff", "the log is no text in UTF-8"},
		{runlog.Zapier, "zap,status,date\n\"Orders,success,2027-03-01\n", "line 2: a quote is out of place"},
	} {
		_, err := runlog.Read(c.from, []byte(c.text))
		var refused *runlog.RefusedError
		if !errors.As(err, &refused) || err.Error() != c.want || refused.Hint == "" {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestALogOfN8nFromBeforeItHadAStatus(t *testing.T) {
	got, err := runlog.Read(runlog.N8N, []byte("workflowName,mode,finished,startedAt\nOrders,trigger,true,2027-03-01\nOrders,trigger,false,2027-03-01\n"))
	if want := []runlog.Count{{"Orders", "2027-03", 1, 1, 0, 0}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}

// Whatever is read: a refusal with a hint, or counts that add up to no more than
// the lines, one a workflow and month, in order.
func FuzzRead(f *testing.F) {
	for i, text := range []string{n8n, makeLog, zapier, zaps("01/03/2027"), "zap\tstatus\tdate\nx\tsuccess\t1804000000\n"} {
		f.Add(uint8(i), []byte(text))
	}
	f.Fuzz(func(t *testing.T, from uint8, text []byte) {
		all := runlog.Platforms()
		counts, err := runlog.Read(all[int(from)%len(all)], text)
		var refused *runlog.RefusedError
		if err != nil && (!errors.As(err, &refused) || refused.Hint == "" || len(counts) > 0) {
			t.Fatalf("%v with %d counts", err, len(counts))
		}
		runs := 0
		for i, c := range counts {
			runs += c.Runs + c.Failed + c.Tests + c.Open
			if len(c.Month) != 7 || i > 0 && (counts[i-1].Workflow > c.Workflow || counts[i-1].Workflow == c.Workflow && counts[i-1].Month >= c.Month) {
				t.Fatalf("%+v", counts)
			}
		}
		if runs > strings.Count(string(text), "\n")+1 {
			t.Fatalf("%d runs in %q", runs, text)
		}
	})
}
