/** In the frame of an output: tells the page around it its height, `{ brineHeight }`. */
export const frameScript = `(()=>{const tell=()=>parent.postMessage({brineHeight:document.documentElement.getBoundingClientRect().height},'*');new ResizeObserver(tell).observe(document.documentElement);addEventListener('load',tell)})()`;
