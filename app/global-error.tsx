'use client';

/** When even the frame of the page failed: plain, with nothing that could fail again. */
export default function GlobalError() {
  return (
    <html lang="en">
      <head>
        <title>Brine: a fault</title>
      </head>
      <body
        style={{ font: '16px/1.5 system-ui, sans-serif', maxWidth: '36rem', margin: '20vh auto', padding: '0 1rem' }}
      >
        <h1>Brine could not draw this page</h1>
        <p>The platform may be starting or stopping: look at the terminal where it runs, then load the page again.</p>
        <button type="button" onClick={() => location.reload()}>
          Load again
        </button>
      </body>
    </html>
  );
}
