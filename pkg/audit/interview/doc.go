// Package interview asks the people who do the work: the questions as data,
// the walk through them, and an asker for plain lines.
//
// The questions stand in templates/questions, their words in
// templates/words/<language>/question.json. Where an interview stands follows
// from its answers alone, and these are in the workspace: most in the field
// that a question states, the others under x- keys of the interview's file. So
// whatever interrupts a conversation, it goes on at the next question, and a
// value that somebody changed in an editor counts as if it had been said.
package interview
