package interview

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// heading says where the i-th step stands: the department, how far its opening
// questions are, and the flow that is talked about.
func (s *state) heading(steps []step, i int) string {
	parts := []string{s.departmentName(s.said.Interview.Department)}
	if progress := s.progress(steps, i); progress != "" {
		parts = append(parts, progress)
	}
	if name := s.talkedAbout(steps, i); name != "" {
		parts = append(parts, name)
	}
	return strings.TrimPrefix(strings.Join(parts, " · "), " · ")
}

// progress is the part of the interview that a step belongs to; empty before
// the first opening question.
func (s *state) progress(steps []step, i int) string {
	at := lastOpening(steps, i)
	switch {
	case steps[i].question == summaryQuestion:
		return s.printer.Text("ask.heading.summary", nil)
	case s.isClosing(steps[i].question):
		return s.printer.Text("ask.heading.closing", nil)
	case at < 0:
		return ""
	}
	all := s.tree.opening.of(s.said.Interview.Department)
	return s.printer.Text("ask.heading.topic", lang.Args{
		"Number": s.printer.Number(float64(slices.Index(all, steps[at].thing)+1), 0), "Count": s.printer.Number(float64(len(all)), 0)})
}

// talkedAbout names the flow that a step is about; empty where it is about
// none.
func (s *state) talkedAbout(steps []step, i int) string {
	id, at := steps[i].flow, lastOpening(steps, i)
	switch {
	case at < 0 || at == i || steps[i].question == summaryQuestion || s.isClosing(steps[i].question):
		return ""
	case strings.HasPrefix(steps[i].key, "new."):
		return s.said.Interview.Draft.Name
	case id == "": // a system or a type of data that the flow brought up
		id = steps[at].flow
	}
	f, _ := s.said.flow(id)
	return s.flowName(f)
}

func (s *state) isClosing(q *question) bool {
	for i := range s.tree.closing {
		if &s.tree.closing[i] == q {
			return true
		}
	}
	return false
}

// lastOpening finds the opening question that a step follows from, or is: -1
// before the first.
func lastOpening(steps []step, i int) int {
	for ; i >= 0; i-- {
		if steps[i].question == openingQuestion {
			break
		}
	}
	return i
}
