package ui

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// icon is the markup of a symbol in the page's sprite (web/icons.svg). It is
// written as it stands, so an icon is made here from constants and nowhere else.
type icon string

const (
	iconHead = `<svg class="i" aria-hidden="true"><use href="#i-`
	// iconFlip is for what points in the direction of reading.
	iconFlip = `<svg class="i flip" aria-hidden="true"><use href="#i-`
	iconTail = `"/></svg>`
)

// The icons.
const (
	iconDispute  icon = iconHead + "dispute" + iconTail
	iconSupport  icon = iconHead + "support" + iconTail
	iconContext  icon = iconHead + "context" + iconTail
	iconQuestion icon = iconFlip + "question" + iconTail
	iconCheck    icon = iconHead + "check" + iconTail
	iconDraft    icon = iconHead + "draft" + iconTail
	iconQueued   icon = iconHead + "queued" + iconTail
	iconSending  icon = iconHead + "sending" + iconTail
	iconHeld     icon = iconHead + "held" + iconTail
	iconRejected icon = iconHead + "rejected" + iconTail
	iconConflict icon = iconHead + "conflict" + iconTail
	iconTrash    icon = iconHead + "trash" + iconTail
	iconLink     icon = iconHead + "link" + iconTail
	iconClose    icon = iconHead + "close" + iconTail
	iconAlert    icon = iconHead + "alert" + iconTail
	iconInfo     icon = iconHead + "info" + iconTail
	iconOffline  icon = iconHead + "offline" + iconTail
	iconSync     icon = iconHead + "sync" + iconTail
	iconDownload icon = iconHead + "download" + iconTail
	iconClaim    icon = iconFlip + "claim" + iconTail
	iconNotes    icon = iconFlip + "notes" + iconTail
	iconSource   icon = iconHead + "source" + iconTail
	iconLost     icon = iconHead + "lost" + iconTail
	iconHistory  icon = iconHead + "history" + iconTail
	iconFind     icon = iconHead + "find" + iconTail
	iconUp       icon = iconHead + "up" + iconTail
	iconDown     icon = iconHead + "down" + iconTail
	iconShare    icon = iconHead + "share" + iconTail
	iconShield   icon = iconHead + "shield" + iconTail

	// iconBrand is the app's mark (web/icon.svg). It has colours of its own, so it
	// is no symbol of the sprite.
	iconBrand icon = `<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="3.5" fill="#15181c"/>` +
		`<path fill="#f7f8f6" d="M3 4h5.5v1.5H3zM3 10.5h5.5V12H3z"/><path fill="#ffdf5d" d="M2.5 7H9v2H2.5z"/>` +
		`<path stroke="#f7f8f6" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d="M10 3.25c1.1 0 1.5.5 1.5 1.4v1.6c0 .9.5 1.5 1.75 1.75-1.25.25-1.75.85-1.75 1.75v1.6c0 .9-.4 1.4-1.5 1.4"/></svg>`
)

func (i icon) ui() app.UI { return app.Raw(string(i)) }
