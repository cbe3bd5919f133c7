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

  // The window: copying the answer with its basis, printing, keys.
  function copyText(button, id) {
    var text = doc.getElementById(id).textContent;
    function say(words) {
      button.textContent = live.textContent = words;
      setTimeout(function () { button.textContent = '复制答复和依据'; live.textContent = ''; }, 3000);
    }
    write(text).then(function () { say('已复制'); }, function () { say('没能复制'); });
  }
  doc.querySelectorAll('[data-copytext]').forEach(function (place) {
    var button = doc.createElement('button');
    button.type = 'button';
    button.textContent = '复制答复和依据';
    button.addEventListener('click', function () { copyText(button, place.getAttribute('data-copytext')); });
    place.appendChild(button);
  });
  doc.querySelectorAll('.print').forEach(function (place) {
    var button = doc.createElement('button');
    button.type = 'button';
    button.textContent = '打印';
    button.addEventListener('click', function () { window.print(); });
    place.appendChild(button);
  });
  var area = doc.querySelector('textarea#q');
  if (area) {
    var keys = doc.querySelector('.keys');
    if (keys) keys.hidden = false;
    area.addEventListener('keydown', function (event) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (area.value.trim()) area.form.submit();
    });
    doc.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      var key = event.key.toLowerCase(), copy = doc.querySelector('[data-copytext] button'), card = doc.getElementById('card');
      if (key === 'c' && copy) copy.click();
      else if (key === 'p') { if (card) location.href = card.href; else window.print(); }
      else if (key === 'n') { event.preventDefault(); area.value = ''; area.focus(); }
    });
  }

  // Suggestions under the search box: characters, pinyin, initials.
  doc.querySelectorAll('form[role=search] input[type=search]').forEach(function (input) {
    var list = doc.createElement('ul'), last = '', turn = 0, id = 'l' + Math.random().toString(36).slice(2, 8);
    list.className = 'suggest';
    list.id = id;
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', '联想');
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-expanded', 'false');
    input.setAttribute('aria-controls', id);
    input.setAttribute('aria-autocomplete', 'list');
    input.parentNode.appendChild(list);
    function close() { list.hidden = true; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); }
    function choose(option) { input.value = option.textContent; close(); input.form.submit(); }
    function show(found) {
      list.textContent = '';
      found.forEach(function (one, index) {
        var option = doc.createElement('li');
        option.id = id + index;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.textContent = one.text;
        option.addEventListener('mousedown', function (event) { event.preventDefault(); choose(option); });
        list.appendChild(option);
      });
      list.hidden = !found.length;
      input.setAttribute('aria-expanded', String(!list.hidden));
    }
    input.addEventListener('input', function () {
      var words = input.value.trim(), now = ++turn;
      if (words === last) return;
      last = words;
      if (words.length < 2) { close(); return; }
      fetch('/api/v1/suggest?limit=8&q=' + encodeURIComponent(words)).then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (found) { if (found && now === turn) show(found.suggestions); }, close);
    });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', function (event) {
      var options = [].slice.call(list.children), here = list.querySelector('[aria-selected=true]'), at = options.indexOf(here);
      if (list.hidden || event.isComposing) return;
      if (event.key === 'Escape') { close(); return; }
      if (event.key === 'Enter' && here) { event.preventDefault(); choose(here); return; }
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      at = event.key === 'ArrowDown' ? (at + 1) % options.length : (at - 1 + options.length) % options.length;
      if (here) here.setAttribute('aria-selected', 'false');
      options[at].setAttribute('aria-selected', 'true');
      input.setAttribute('aria-activedescendant', options[at].id);
    });
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
    return /^[cs]-/.test(id) ? doc.getElementById(id) : null;
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
    var link = event.target.closest('a[href*="#c-"], a[href^="#s-"]');
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
