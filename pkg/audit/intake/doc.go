// Package intake takes what people say without being met: it writes a form as
// an Excel workbook, with the workspace's own systems, data and flows in it,
// and reads it back, or a CSV with the same headings, as one interview.
//
// Whatever comes in is foreign: Read looks at a file's sizes and parts before
// it opens any, and refuses what no form is. What is wrong in a cell is a
// problem at that cell, and all problems are told at once.
package intake
