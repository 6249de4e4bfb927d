//go:build unix

// Benchrun runs a command several times and prints a row of a Markdown table: what
// it is, what was aimed at, the best and the median time, the least processor time
// (over all cores, and not lengthened by what else the machine does), the most memory
// that a run held, and whether the aim was met. It asserts nothing; a command that
// fails is an error.
//
// The first run is not counted: it fills the caches that a second run finds.
//
// With -before, a shell makes the same change before each run; its time is not
// counted.
//
// Usage: benchrun [-runs 10] [-ms 50] [-mib 150] [-before SCRIPT] NAME COMMAND ARG...
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	runs := flag.Int("runs", 10, "how many runs are counted")
	ms := flag.Float64("ms", 0, "the time aimed at in milliseconds, 0 for none")
	mib := flag.Float64("mib", 0, "the memory aimed at in MiB, 0 for none")
	before := flag.String("before", "", "what a shell does before each run, not counted")
	flag.Parse()
	if flag.NArg() < 2 || *runs < 1 {
		fmt.Fprintln(os.Stderr, "usage: benchrun [-runs N] [-ms N] [-mib N] [-before SCRIPT] NAME COMMAND ARG...")
		os.Exit(2)
	}
	m, err := measure(*runs, *before, flag.Args()[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchrun:", err)
		os.Exit(1)
	}
	fmt.Println(m.row(flag.Arg(0), *ms, *mib))
}

// measured holds the times of the runs, shortest first, the least processor time of
// one of them, and the most memory in MiB that one held.
type measured struct {
	times     []time.Duration
	processor time.Duration
	mib       float64
}

func measure(runs int, before string, command []string) (measured, error) {
	var m measured
	for i := range runs + 1 {
		if before != "" {
			if said, err := exec.Command("sh", "-c", before).CombinedOutput(); err != nil {
				return m, fmt.Errorf("before a run: %w: %s", err, said)
			}
		}
		took, process, err := once(command)
		if err != nil {
			return m, fmt.Errorf("%s: %w", strings.Join(command, " "), err)
		}
		usage, ok := process.SysUsage().(*syscall.Rusage)
		if !ok {
			return m, fmt.Errorf("this system does not say how much memory a process held")
		}
		if i == 0 {
			continue
		}
		used := process.UserTime() + process.SystemTime()
		if i == 1 || used < m.processor {
			m.processor = used
		}
		m.times = append(m.times, took)
		m.mib = max(m.mib, mebibytes(int64(usage.Maxrss)))
	}
	slices.Sort(m.times)
	return m, nil
}

// once runs the command and returns its wall time and what the system says of the
// process.
func once(command []string) (time.Duration, *os.ProcessState, error) {
	var said strings.Builder
	c := exec.Command(command[0], command[1:]...)
	c.Stdout, c.Stderr = io.Discard, &said
	start := time.Now()
	err := c.Run()
	took := time.Since(start)
	if err != nil {
		return 0, nil, fmt.Errorf("%w\n%s", err, said.String())
	}
	return took, c.ProcessState, nil
}

func (m measured) best() time.Duration { return m.times[0] }

// median is the upper one where there are two.
func (m measured) median() time.Duration { return m.times[len(m.times)/2] }

// row is the table's row. The aim is held against the median time.
func (m measured) row(name string, ms, mib float64) string {
	var aim []string
	met := true
	if ms > 0 {
		aim = append(aim, fmt.Sprintf("%g ms", ms))
		met = met && milliseconds(m.median()) <= ms
	}
	if mib > 0 {
		aim = append(aim, fmt.Sprintf("%g MiB", mib))
		met = met && m.mib <= mib
	}
	verdict := "–"
	switch {
	case len(aim) > 0 && met:
		verdict = "met"
	case len(aim) > 0:
		verdict = "missed"
	}
	return fmt.Sprintf("| %s | %s | %.0f ms | %.0f ms | %.0f ms | %.0f MiB | %d | %s |",
		name, strings.Join(aim, ", "), milliseconds(m.best()), milliseconds(m.median()), milliseconds(m.processor), m.mib, len(m.times), verdict)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
