// Comfort only: every page works without this file.
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  root.classList.add('js');

  // Says aloud what a button did.
  var live = doc.createElement('p');
  live.className = 'out';
  live.setAttribute('role', 'status');
  doc.body.appendChild(live);

  // Copy-link buttons.
  function write(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    return new Promise(function (done, failed) {
      var area = doc.createElement('textarea'), back = doc.activeElement;
      area.value = text;
      area.className = 'out';
      doc.body.appendChild(area);
      area.select();
      var ok = false;
      try { ok = doc.execCommand('copy'); } catch (error) { ok = false; }
      area.remove();
      if (back && back.focus) back.focus();
      if (ok) done(); else failed();
    });
  }
  doc.querySelectorAll('[data-copy]').forEach(function (place) {
    var button = doc.createElement('button');
    button.type = 'button';
    button.textContent = '复制链接';
    place.appendChild(button);
  });
  doc.addEventListener('click', function (event) {
    var button = event.target.closest('[data-copy] button');
    if (!button) return;
    var url = new URL(button.parentNode.getAttribute('data-copy'), location.href).href;
    function say(words) {
      button.textContent = live.textContent = words;
      setTimeout(function () { button.textContent = '复制链接'; live.textContent = ''; }, 3000);
    }
    write(url).then(function () { say('已复制'); }, function () { say('没能复制'); });
  });

  // `/` goes to the search box.
  doc.addEventListener('keydown', function (event) {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    var box = doc.getElementById('q');
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // The clause one arrives at is marked for three seconds.
  var marked, timer;
  function unmark() {
    clearTimeout(timer);
    if (marked) marked.classList.remove('marked');
    marked = null;
  }
  function target() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* as it stands */ }
    return id.slice(0, 2) === 'c-' ? doc.getElementById(id) : null;
  }
  function arrive() {
    unmark();
    var clause = target();
    if (!clause) return;
    var folded = clause.closest('details');
    if (folded && !folded.open) { folded.open = true; clause.scrollIntoView(); }
    marked = clause;
    clause.classList.add('marked');
    timer = setTimeout(unmark, 3000);
  }
  window.addEventListener('hashchange', arrive);
  doc.addEventListener('click', function (event) {
    var link = event.target.closest('a[href*="#c-"]');
    if (link && link.href === location.href) setTimeout(arrive);
  });
  arrive();

  // The outline shows where one is.
  var outline = doc.querySelector('.doc-outline');
  if (!outline) return;
  var box = outline.querySelector('.folded'), fold = outline.querySelector('details'), here = null, waiting = false;
  var stops = [];
  outline.querySelectorAll('a[href*="#"]').forEach(function (link) {
    var clause = doc.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (clause) stops.push({ link: link, clause: clause });
  });
  function follow() {
    waiting = false;
    var found = null, aim = null, seen;
    stops.forEach(function (stop) {
      seen = stop.clause.getBoundingClientRect();
      if (seen.top < 60) found = stop.link;
      // What one has just arrived at counts, even if the page's end keeps it from the top.
      if (stop.clause === marked && seen.bottom > 0 && seen.top < window.innerHeight) aim = stop.link;
    });
    found = aim || found;
    if (found === here) return;
    if (here) here.removeAttribute('aria-current');
    here = found;
    if (!here) return;
    here.setAttribute('aria-current', 'location');
    if (box.scrollHeight > box.clientHeight) {
      var top = here.getBoundingClientRect().top - box.getBoundingClientRect().top;
      if (top < 40 || top > box.clientHeight - 80) box.scrollTop += top - box.clientHeight / 3;
    }
  }
  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(follow);
  }
  window.addEventListener('scroll', later, { passive: true });
  window.addEventListener('resize', later);
  window.addEventListener('hashchange', later);
  follow();

  // On a phone the drawer closes before the jump, so that the clause stands where it should.
  outline.addEventListener('click', function (event) {
    if (event.target.closest('a') && fold) fold.open = false;
  });
})();
