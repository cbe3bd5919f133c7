// 拆解: dropping files, progress, and what belongs together. The page works without this file.
(function () {
  'use strict';
  var doc = document, form = doc.getElementById('split-form'), results = doc.getElementById('split-results');
  if (!form || !results) return;
  var input = doc.getElementById('file'), queue = doc.querySelector('.queue'), waiting = [], busy = false;

  // The parts of a document by the names they bear, made when they are first asked for.
  var known = new WeakMap();
  function parts(whole) {
    var found = known.get(whole);
    if (found) return found;
    found = {};
    whole.querySelectorAll('[data-w]').forEach(function (part) {
      part.getAttribute('data-w').split(' ').forEach(function (name) { (found[name] = found[name] || []).push(part); });
    });
    known.set(whole, found);
    return found;
  }

  // Fields and words light up together, on the pointer, the focus, and a tap.
  function light(event) {
    var aim = event.target.closest ? event.target.closest('[data-w]') : null;
    results.querySelectorAll('.lit').forEach(function (part) { part.classList.remove('lit'); });
    if (!aim) return;
    var names = aim.getAttribute('data-w').split(' '), whole = aim.closest('.split-doc');
    var isField = !!aim.closest('.pair-items'), source = whole.querySelector('.pair-source'), first = null;
    names.forEach(function (name) {
      (parts(whole)[name] || []).forEach(function (part) {
        part.classList.add('lit');
        if (!first && source.contains(part)) first = part;
      });
    });
    // Where the source stands beside the items, the words come into sight; the page itself does not move.
    if (isField && first && source.scrollHeight > source.clientHeight + 1) {
      var words = first.getBoundingClientRect(), pane = source.getBoundingClientRect();
      if (words.top < pane.top + 8 || words.bottom > pane.bottom - 8) source.scrollTop += words.top - pane.top - pane.height / 3;
    }
  }
  ['pointerover', 'focusin', 'click'].forEach(function (name) { results.addEventListener(name, light); });

  // A file and its line in the queue.
  function line(file) {
    var item = doc.createElement('li'), words = doc.createElement('span'), bar = doc.createElement('progress');
    words.textContent = file.name + '　等候';
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', file.name);
    item.append(words, bar);
    queue.hidden = false;
    queue.appendChild(item);
    return {
      say: function (text, part) { words.textContent = file.name + '　' + text; if (part === null) bar.removeAttribute('value'); else bar.value = part; },
      fail: function (text) { bar.remove(); words.textContent = file.name + '：' + text; item.className = 'bad-line'; item.setAttribute('role', 'alert'); },
      done: function (text, id) {
        bar.remove();
        words.textContent = file.name + '　';
        var link = doc.createElement('a');
        link.href = '#' + id;
        link.textContent = text;
        words.appendChild(link);
      }
    };
  }

  // The downloads of a result hand the file in again: the page does not carry it.
  function arm(section, file) {
    var own = section.querySelector('form'), carried = new DataTransfer(), field = doc.createElement('input');
    if (!own) return;
    carried.items.add(file);
    field.type = 'file';
    field.name = 'file';
    field.files = carried.files;
    own.appendChild(field);
  }

  function show(text, file, mark) {
    var page = new DOMParser().parseFromString(text, 'text/html'), sections = page.querySelectorAll('.split-file');
    if (!sections.length) {
      var said = page.querySelector('main h1'), more = page.querySelector('main h1 + p');
      mark.fail(said ? said.textContent + '。' + (more ? more.textContent : '') : '没有拆成，请再试一次。');
      return;
    }
    sections.forEach(function (section) {
      section = doc.importNode(section, true);
      var same = doc.getElementById(section.id);
      if (same) same.remove();
      arm(section, file);
      results.appendChild(section);
      if (section.querySelector('.split-doc')) mark.done(section.getAttribute('data-done'), section.id);
      else mark.fail((section.querySelector('.bad-file') || section).textContent.replace(/^[^：]*：/, ''));
    });
  }

  function next() {
    var job = waiting.shift();
    if (!job) { busy = false; return; }
    busy = true;
    var data = new FormData(), request = new XMLHttpRequest();
    data.append('carry', '0');
    data.append('file', job.file, job.file.name);
    request.open('POST', '/split');
    request.upload.onprogress = function (event) {
      if (!event.lengthComputable) return;
      if (event.loaded < event.total) job.mark.say('上传' + Math.round(100 * event.loaded / event.total) + '%', event.loaded / event.total);
      else job.mark.say('正在拆解', null);
    };
    request.onload = function () { show(request.responseText, job.file, job.mark); next(); };
    request.onerror = function () { job.mark.fail('没有传上去。请检查网络，或文件是否太大。'); next(); };
    request.send(data);
  }

  function take(files) {
    [].forEach.call(files, function (file) { waiting.push({ file: file, mark: line(file) }); });
    if (!busy) next();
  }

  // Fields that change nothing need not travel with the file.
  results.addEventListener('submit', function (event) {
    var empty = [].filter.call(event.target.elements, function (part) { return part.type === 'textarea' && !part.value.trim(); });
    empty.forEach(function (part) { part.disabled = true; });
    setTimeout(function () { empty.forEach(function (part) { part.disabled = false; }); }, 0);
  });

  doc.querySelector('.drag').hidden = false;
  form.addEventListener('submit', function (event) {
    if (event.submitter && event.submitter.name === 'as' || !input.files.length) return;
    event.preventDefault();
    take(input.files);
    input.value = '';
  });
  // Dropping beside the box must not lead away from the page.
  doc.addEventListener('dragover', function (event) { event.preventDefault(); });
  doc.addEventListener('drop', function (event) {
    event.preventDefault();
    form.classList.remove('over');
    if (event.dataTransfer && event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
  doc.addEventListener('dragenter', function (event) { form.classList.toggle('over', !!event.target.closest && !!event.target.closest('#split-form')); });
})();
