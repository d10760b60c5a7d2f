import { measure } from './dist/measure.js';
import { startNats } from './dist/server/nats.js';
import os from 'node:os';
const target={url:'http://127.0.0.1:18091/',username:'ari',password:'ari-secret'};
const all={};
const loads={'20':{kind:'atATime',concurrency:20},'500/s':{kind:'perSecond',rate:500},calls:{kind:'callsAtATime',concurrency:10}};
for(let r=0;r<3;r++) for(const [l,load] of Object.entries(loads)) for(const way of ['websocket','nats']){
 const s=await startNats();
 const m=await measure('ws + JSON.parse','natsRequests',{target,way,load,ms:2500,servers:s.url},60000);
 await s[Symbol.asyncDispose]();
 ((all[l]??={})[way]??=[]).push(m); console.log(r,l,way,m.cpuUs.toFixed(0),m.p50Ms.toFixed(2),m.p99Ms.toFixed(1),'load',os.loadavg()[0].toFixed(1));
}
const med=(x)=>x.sort((a,b)=>a-b)[1];
for(const l in all){const o={};for(const k of ['cpuUs','p50Ms','p99Ms']){const a=med(all[l].websocket.map(m=>m[k])),b=med(all[l].nats.map(m=>m[k]));o[k]=[a.toFixed(2),b.toFixed(2),(b/a).toFixed(2)+'x'];}console.log(l,JSON.stringify(o));}
